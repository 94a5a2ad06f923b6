import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEntry } from './read-entry.ts';
import { readJobSpec, readResult } from './read-job.ts';

const path = mkdtempSync(join(tmpdir(), 'unreadable-'));
afterAll(() => rmSync(path, { recursive: true }));
const place = { folder: 'f', state: 'failed' as const, path };
const HEAD = '"job_id": "a", "final_status": "COMPLETED"';
const MIB = 'x'.repeat(2 ** 20 + 1);

/** What is wrong with a result of this content. */
async function problemOf(content: string): Promise<string | null> {
  writeFileSync(join(path, 'a.result.json'), content);
  return (await readResult(path, 'a', () => undefined)).problem;
}

describe('a file that can not be shown as it should', () => {
  it.each([
    [
      `{${HEAD}, "failure_reason": "${MIB}", "clips": []}`,
      'a.result.json holds a failure_reason of more than 1 MiB.',
    ],
    [
      `{${HEAD}, "clips": ["${MIB}"]}`,
      'a.result.json holds an element of clips of more than 1 MiB.',
    ],
    [
      `{${HEAD}, "clips": [${Array.from({ length: 10_001 }, () => '{}').join()}]}`,
      'a.result.json lists more than 10000 clips; a job has at most 10000.',
    ],
  ])('says what is too much of it: %#', async (content, problem) => {
    expect(await problemOf(content)).toBe(problem);
  });

  it('says that it is gone, or not there yet', async () => {
    expect((await readJobSpec(path, 'none')).problem).toBe('none.json is gone.');
    writeFileSync(join(path, 'b.json'), '{}');
    const entry = await readEntry(place, { base: 'b', hasJob: true, hasResult: false }, Infinity);
    expect(entry).toMatchObject({ facts: { problem: 'b.result.json is not there (yet).' } });
  });

  it('says that somebody moved it by hand', async () => {
    writeFileSync(join(path, 'c.result.json'), `{${HEAD}, "clips": []}`);
    const entry = await readEntry(place, { base: 'c', hasJob: false, hasResult: true }, Infinity);
    expect(entry).toMatchObject({
      facts: {
        problem: 'Its result says COMPLETED, but it lies in failed/: somebody moved it by hand.',
      },
    });
  });
});
