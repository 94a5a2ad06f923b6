import { copyFile, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeClip } from '../support/media.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
let folder: JobFolder;
let card: string;
let lists = 0;

beforeEach(async () => {
  const base = await mkdtemp(join(temporary.path, 'left-'));
  folder = await JobFolder.create(base);
  card = join(base, 'A001');
  await mkdir(card);
  const first = await makeClip(card, 'C001.mov', { width: 64, height: 36, frames: 5 });
  for (const name of ['C002.mov', 'C003.mov']) await copyFile(first, join(card, name));
});

/** Hands over. @returns what it said, and its CSV and page. */
async function handOver(...args: string[]) {
  const output = join(temporary.path, `lists-${++lists}`);
  const run = await cliHere(['handover', folder.root, '--output', output, ...args]);
  const read = (name: string) => readFile(join(output, name), 'utf8').catch(() => '');
  return { ...run, csv: await read('handover.csv'), page: await read('handover.html') };
}

describe('a hand-over', () => {
  it('has a row for each clip that was never begun', async () => {
    const sources = ['C001.mov', 'C002.mov', 'C003.mov'].map((name) => join(card, name));
    await folder.submit('day.json', [sources[0] ?? '', join(card, 'gone.mov'), sources[2] ?? ''], {
      naming_template: '{source_name}',
    });
    await runOnce(folder);
    const { csv, page, stdout, exitCode } = await handOver();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('0 made, 1 failed, 2 never begun.');
    const rows = csv.split('\r\n').map((row) => row.split(',').slice(0, 2));
    expect(rows.filter(([status]) => status === 'not_begun').map(([, source]) => source)).toEqual([
      sources[0],
      sources[2],
    ]);
    expect(csv).toContain('Not begun. gone.mov before it failed.');
    expect(page).toContain('<h2>Never begun</h2>');
  });
});
