import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAILURE_TYPES } from '../failure/failure-types.ts';
import { jobSpec } from '../testing/specimens.ts';
import { CODEC_CONTAINERS } from '../vocabulary/vocabulary.ts';
import { entries, fieldsOf, JOBSPEC_FIELDS } from './fields.ts';

const text = (document: string) =>
  readFileSync(new URL(`../../../../docs/${document}`, import.meta.url), 'utf8');

/** The rows of the table whose first column has this heading, as cells of text. */
function table(document: string, heading: string): string[][] {
  const lines = text(document).split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('the documents', () => {
  it('describe every field of the JobSpec, and whether it is required', () => {
    const rows = table('jobspec.md', 'field');
    expect(rows.map(([name]) => name)).toEqual(JOBSPEC_FIELDS);
    const required = rows.filter(([, cell]) => cell === 'yes').map(([name]) => name);
    expect(required).toEqual(
      entries()
        .filter(([, { presence }]) => presence === 'required')
        .map(([name]) => name),
    );
  });

  it('say which containers each codec has', () => {
    const rows = table('jobspec.md', 'codec').map((cells) => cells.map((cell) => cell.split(' ')));
    const documented = rows.flatMap(([codecs = [], containers]) =>
      codecs.map((codec) => [codec, containers]),
    );
    expect(Object.fromEntries(documented)).toEqual(CODEC_CONTAINERS);
  });

  it('say of every failure when it comes', () => {
    const told = [...text('results.md').matchAll(/^- `(\w+(?:Error|Interrupted))`: \S/gm)];
    expect(told.map(([, type]) => type)).toEqual(FAILURE_TYPES);
  });
});

it('the specimen of the tests has every field', () => {
  expect(Object.keys(jobSpec())).toEqual(fieldsOf('2.1'));
});
