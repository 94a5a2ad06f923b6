import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { schemaOfResult } from '../testing/result-schema.ts';
import { resultTables } from '../testing/results-document.ts';
import { JOB_ID, MAX_REASON_LENGTH, MAX_SENTENCE_LENGTH } from '../vocabulary/limits.ts';

const ROOT = new URL('../../../../', import.meta.url);
const SCHEMA = schemaOfResult();
const TABLES = resultTables(SCHEMA);

/** docs/results.md with the tables of this version. */
async function withTables(path: string): Promise<string> {
  const file = new URL(path, ROOT).pathname;
  let document = await readFile(file, 'utf8');
  for (const [name, table] of Object.entries(TABLES)) {
    const marked = new RegExp(
      `(<!-- ${name}: npm run results -->\n)[^]*?(<!-- end of ${name} -->)`,
    );
    expect(document).toMatch(marked);
    document = document.replace(marked, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
  }
  return format(document, { ...(await resolveConfig(file)), parser: 'markdown' });
}

describe('the type of the result', () => {
  it('is what schemas/result.schema.json says (npm run results writes it)', async () => {
    const file = new URL('schemas/result.schema.json', ROOT).pathname;
    await expect(`${JSON.stringify(SCHEMA, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('is what the tables of docs/results.md say (npm run results writes them)', async () => {
    const path = 'docs/results.md';
    await expect(await withTables(path)).toMatchFileSnapshot(new URL(path, ROOT).pathname);
  });

  it('says of each field what it means', () => {
    const rows = Object.values(TABLES).join('\n').split('\n');
    expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
  });

  it('has the limits that the runner keeps', () => {
    expect(SCHEMA).toMatchObject({
      properties: {
        job_id: { pattern: JOB_ID.source },
        failure_reason: { maxLength: MAX_REASON_LENGTH },
        violations: { items: { properties: { message: { maxLength: MAX_SENTENCE_LENGTH } } } },
      },
    });
  });
});
