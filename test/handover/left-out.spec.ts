import { createHash } from 'node:crypto';
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeClip } from '../support/media.ts';
import { plan } from '../support/plan.ts';
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

async function writeList() {
  const hashes: string[] = [];
  for (const name of ['C001.mov', 'C002.mov', 'C003.mov']) {
    const bytes = await readFile(join(card, name));
    const md5 = createHash('md5').update(bytes).digest('hex');
    hashes.push(`<hash><file>${name}</file><size>${bytes.length}</size><md5>${md5}</md5></hash>`);
  }
  const text = `<hashlist version="1.1">${hashes.join('')}</hashlist>`;
  await writeFile(join(card, 'A001.mhl'), text);
}

describe('a hand-over', () => {
  it('says which clips differ from their hash list, until they are copied again and made', async () => {
    const good = await readFile(join(card, 'C002.mov'));
    await writeList();
    await appendFile(join(card, 'C002.mov'), 'x');
    const words = [card, '--output', folder.output, '--codec', 'prores_proxy', '--check-mhl'];
    const submit = () => plan([...words, '--submit', folder.root]);
    expect((await submit()).exitCode).toBe(1);
    const before = await handOver();
    expect(before.stdout).toContain('0 made, 0 failed, 1 not as their hash lists say.');
    await runOnce(folder);
    const { exitCode, stdout, stderr, csv, page } = await handOver();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('2 made, 0 failed, 1 not as their hash lists say.');
    expect(stderr).toContain(join(card, 'C002.mov'));
    expect(csv).toMatch(/^failed,[^,]*C002\.mov,/m);
    expect(page).toContain('C002.mov');
    await writeFile(join(card, 'C002.mov'), good);
    expect((await submit()).exitCode).toBe(0);
    await runOnce(folder);
    const after = await handOver();
    expect(after.stdout).toContain('3 made, 0 failed.');
    expect(after.exitCode).toBe(0);
  });

  it('counts a clip once that is cut short and so differs from its hash list too', async () => {
    await writeList();
    await truncate(join(card, 'C002.mov'), 1000);
    const words = [card, '--output', folder.output, '--codec', 'prores_proxy', '--check-mhl'];
    const submitted = await plan([...words, '--submit', folder.root]);
    expect(submitted.stderr.match(/C002\.mov/g)).toHaveLength(1);
    expect(submitted.stdout).toContain('3 proxies in 3 JobSpecs submitted; 1 problem.');
    await runOnce(folder);
    const { stdout, csv } = await handOver();
    expect(stdout).toContain('2 made, 1 failed.');
    expect(csv.match(/^failed,[^,]*C002\.mov,/gm)).toHaveLength(1);
  });

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
