import type { JobState } from '@app/jobspec/folder';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../index/catalogue.ts';
import { bareRow } from '../index/job-row.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { selectJobs, selectPage } from './select-jobs.ts';

const HOUR = 3_600_000;

function row(name: string, state: JobState, hours: number, sources: string[] = []) {
  const reference = { folder: 'watch', state, name: `${name}.json`, modifiedAt: hours * HOUR };
  return bareRow(reference, { job_id: name.toUpperCase(), sources }, null);
}

function catalogueOf(...rows: ReturnType<typeof row>[]): Catalogue {
  const catalogue = new Catalogue();
  for (const each of rows) catalogue.add(each);
  return catalogue;
}

const namesOf = (catalogue: Catalogue, query: object) =>
  selectJobs(catalogue, { ...DEFAULT_QUERY, ...query }).map(({ name }) =>
    name.replace('.json', ''),
  );

describe('selecting jobs', () => {
  it('puts what runs before what waits before what ended, the latest first', () => {
    const catalogue = catalogueOf(
      row('old', 'completed', 1),
      row('waits', 'pending', 9),
      row('new', 'failed', 2),
      row('runs', 'running', 3),
    );
    expect(namesOf(catalogue, {})).toEqual(['runs', 'waits', 'new', 'old']);
  });

  it('sees a change at once, though it keeps views', () => {
    const first = row('first', 'completed', 1);
    const catalogue = catalogueOf(first);
    expect(namesOf(catalogue, {})).toEqual(['first']);
    catalogue.add(row('second', 'completed', 2));
    expect(namesOf(catalogue, {})).toEqual(['second', 'first']);
    catalogue.remove(first);
    expect(namesOf(catalogue, {})).toEqual(['second']);
  });

  it('puts jobs without a duration last in both directions', () => {
    const done = { ...row('done', 'completed', 1), duration_seconds: 5 };
    const catalogue = catalogueOf(row('waits', 'pending', 2), done);
    for (const order of ['asc', 'desc'])
      expect(namesOf(catalogue, { sort: 'duration_seconds', order })).toEqual(['done', 'waits']);
  });

  it('searches names, ids and sources whatever their case and composition of accents', () => {
    const catalogue = catalogueOf(
      row('a', 'completed', 1, ['/média/A001C003.mov'.normalize('NFD')]),
    );
    for (const q of ['a001c003', 'MÉDIA', 'A.json', 'A'])
      expect(namesOf(catalogue, { q })).toEqual(['a']);
    expect(namesOf(catalogue, { q: 'c004' })).toEqual([]);
  });

  it('gives an empty page past the last one', () => {
    const catalogue = catalogueOf(row('a', 'completed', 1));
    expect(selectPage(catalogue, { ...DEFAULT_QUERY, page: 2 })).toEqual({ total: 1, rows: [] });
  });
});
