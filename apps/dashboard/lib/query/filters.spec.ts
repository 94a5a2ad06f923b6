import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobState } from '@app/jobspec/folder';
import { unmadeClip } from '../reading/found-clip.ts';
import { undecidedJob, type JobFacts } from '../reading/found-job.ts';
import { batchOf } from '../store/batch.ts';
import { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { PlaceStore } from '../store/place-store.ts';
import { SCHEMA } from '../store/schema.ts';
import { conditionOf, isOfPlaces, keyOf } from './conditions.ts';
import { FILTER_NAMES, FILTERS, type FilterName } from './filters.ts';
import { DEFAULT_QUERY, isFiltered, parseJobQuery, queryString } from './job-query.ts';

const noon = (day: string) => new Date(`${day}T12:00:00`).getTime();

const JOBS: [folder: string, state: JobState, base: string, source: string, Partial<JobFacts>][] = [
  ['days', 'completed', 'made', '/day1/A001.mov', { execution_engine: 'ffmpeg' }],
  ['days', 'failed', 'raw', '/day1/B002.braw', { execution_engine: 'resolve' }],
  ['nights', 'failed', 'typo', '/day2/C003.mov', { failure_type: 'InvalidJsonError' }],
  ['nights', 'pending', 'waits', '/day3/D004.mov', { when: noon('2026-02-03') }],
  ['nights', 'completed', 'later', '/day3/E005.mov', { when: noon('2026-02-02') }],
];

/** A value of each filter, and the jobs that it leaves in. */
const CASES: Record<FilterName, [value: string, finds: string[]]> = {
  q: ['b002 day1', ['raw']],
  state: ['failed', ['raw', 'typo']],
  clip_state: ['failed', ['later', 'made', 'raw', 'typo', 'waits']],
  folder: ['days', ['made', 'raw']],
  engine: ['resolve', ['raw']],
  failure_type: ['InvalidJsonError', ['typo']],
  day: ['2026-02-02', ['later']],
};

const db = new Database(':memory:');

beforeAll(() => {
  db.exec(SCHEMA);
  const writer = new IndexWriter(db);
  for (const [folder, state, base, source, facts] of JOBS) {
    const job = undecidedJob(state, noon('2026-02-01'), null, null);
    const clips = [unmadeClip(source, 'FAILED', 1, null)];
    const entry = { base, hasJob: true, hasResult: true, stamp: '', waited: null, clips };
    const store = new PlaceStore(db, writer, { folder, state, path: `/${folder}/${state}` });
    store.put(batchOf(folder, state, [{ ...entry, facts: { ...job.facts, ...facts } }]));
    store.commit();
  }
});

const folders = ['days', 'nights'];
const readQuery = (text: string) => parseJobQuery(new URLSearchParams(text), folders);

describe.each(FILTER_NAMES)('the filter %s', (name) => {
  const [value, finds] = CASES[name];
  const { query, problems } = readQuery(`${name}=${encodeURIComponent(value)}`);

  it.each([false, true])('leaves in the jobs that match (of many: %s)', (isWide) => {
    const { sql, values } = conditionOf(query, isWide);
    const rows = db.rows<{ base: string }>(
      `SELECT base FROM job WHERE ${sql} ORDER BY base`,
      ...values,
    );
    expect(rows.map(({ base }) => base)).toEqual(finds);
  });

  it('is read from an address and written into it again', () => {
    expect(problems).toEqual([]);
    expect(readQuery(queryString(query)).query).toEqual(query);
    expect(isFiltered(query)).toBe(true);
    expect(keyOf(query)).not.toBe(keyOf(DEFAULT_QUERY));
  });

  it('is known to the sums that are kept only if it chooses places', () => {
    expect(isOfPlaces(query)).toBe(name === 'folder' || name === 'state');
  });

  it('offers what it reads', () => {
    const { field, rule } = FILTERS[name];
    if (field.kind !== 'choice') return;
    for (const offered of field.values(folders)) expect(rule(folders).read(offered)).toBe(offered);
  });

  it('is in docs/dashboard.md', () => {
    const document = new URL('../../../../docs/dashboard.md', import.meta.url);
    const row = readFileSync(document, 'utf8')
      .split('\n')
      .find((line) => line.startsWith('| `/api/jobs` '));
    expect(row).toContain(`\`${name}\``);
  });
});
