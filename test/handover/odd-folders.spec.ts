/** @module-tag night */
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeSource } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const TINY = { width: 64, height: 36, frames: 5 } as const;
let folder: JobFolder;
let lists: string;
let proxy: string;
let bytes: Buffer;

beforeAll(async () => {
  folder = await JobFolder.create(temporary.path);
  const mov = await makeSource(temporary.path, 'A001.mov', TINY);
  const ts = await makeSource(temporary.path, 'A002.ts', { ...TINY, container: 'mpegts' });
  const fields = { codec: 'prores_proxy', container: 'mov', naming_template: '{source_name}' };
  await folder.submit('1.json', [mov, ts], fields);
  const twice = { fps_mode: 'explicit', fps_explicit: 50, naming_template: '{source_name}_50' };
  await folder.submit('2.json', [mov, ts], { ...fields, ...twice });
  for (const name of ['3.json', '4.json'])
    await folder.submit(name, ['/not/here.mov'], {
      ...fields,
      naming_template: `${name}_{source_name}`,
    });
  await cli([folder.root, '--once']);
  proxy = join(folder.output, 'A001.mov');
  bytes = await readFile(proxy);
});

beforeEach(async () => {
  lists = join(temporary.path, 'lists');
  await mkdir(lists);
});
afterEach(async () => {
  await rm(lists, { recursive: true });
  await rm(proxy, { force: true });
  await writeFile(proxy, bytes);
});

const handover = () => cli(['handover', folder.root, '--output', lists]);
const list = (name: string) => readFile(join(lists, name), 'utf8');
/** Two jobs had a source that isn't there. */
const NOT_ALL =
  'Not all proxies are done: ask for the rest with retry, or put jobs aside with retry --dismiss.';

describe('the ALE', () => {
  it('has clips whose containers tell no length, and counts what is in the proxy', async () => {
    const { exitCode, stderr } = await handover();
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: NOT_ALL });
    const rows = (text: string) => text.split('Data\n')[1]?.trimEnd().split('\n') ?? [];
    expect(rows(await list('handover-25.ale')).map((row) => row.split('\t')[3])).toEqual([
      '00:00:00:05',
      '00:00:00:05',
    ]);
    expect(rows(await list('handover-50.ale')).map((row) => row.split('\t')[3])).toEqual([
      '00:00:00:10',
      '00:00:00:10',
    ]);
  });
});

describe('the list of what failed', () => {
  it('names the source of a job that failed before its first clip, once', async () => {
    await handover();
    const csv = await list('handover.csv');
    expect(csv).toMatch(/Failed,\/not\/here\.mov,,"?MissingSourcesError: /);
    expect(csv.match(/^Failed,/gm)).toHaveLength(1);
    expect(csv).not.toContain('not started');
  });
});

describe('what would never end', () => {
  it.each([
    ['a FIFO', (path: string) => execa('mkfifo', [path])],
    ['a link to a device', (path: string) => symlink('/dev/zero', path)],
    ['a folder', (path: string) => mkdir(path)],
  ])('is no proxy: %s', async (_, make) => {
    await rm(proxy);
    await make(proxy);
    const { exitCode, stderr } = await handover();
    await rm(proxy, { recursive: true });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/A001\.mov" is not a file\./);
  });
});

describe('a path without a letter', () => {
  it.each([
    [[''], 'folder is empty'],
    [['/not/here', '--output', ''], '--output is empty'],
  ])('is told: %j', async (args, sentence) => {
    const { exitCode, stderr } = await cli(['handover', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe('a folder that can take no lists', () => {
  it('is told', async () => {
    const place = join(lists, 'file');
    await writeFile(place, '');
    for (const output of [place, join(place, 'deep')]) {
      const words = ['handover', folder.root, '--output', output];
      const { exitCode, stdout, stderr } = await cli([...words, '--json']);
      const sentence = `"${place}" is not a folder. Name another folder with --output.`;
      expect({ exitCode, stderr }).toEqual({ exitCode: 4, stderr: sentence });
      expect(JSON.parse(stdout)).toEqual({ error: [sentence] });
    }
  });

  it.skipIf(process.getuid?.() !== 0)('gets none of them when it is full', async () => {
    const full = join(lists, 'full');
    await mkdir(full);
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', full]);
    try {
      await writeFile(join(full, 'much'), Buffer.alloc(65_536));
      const { exitCode, stderr } = await cli(['handover', folder.root, '--output', full]);
      expect(exitCode).toBe(4);
      expect(stderr).toContain("can't be written: no space left on device.");
      expect(await readdir(full)).toEqual(['much']);
    } finally {
      await execa('umount', [full]);
    }
  });

  it('takes the lists of one of two hand-overs', async () => {
    const ended = await Promise.all([handover(), handover()]);
    const refused = ended.filter(({ stderr }) => stderr.includes('exists already'));
    expect(refused).toHaveLength(1);
  });
});
