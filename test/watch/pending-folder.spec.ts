import { execa } from 'execa';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PendingFolder } from '../../apps/runner/src/watch/pending-folder.ts';
import { cli } from '../support/cli.ts';
import { runOnce, startRunner } from '../support/runner.ts';
import { until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const pending = (name: string) => folder().path('pending', name);

describe('what is no job', () => {
  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['a directory', 'a.json', (path) => mkdir(path)],
    ['a symbolic link', 'b.json', (path) => symlink(folder().beside('elsewhere.json'), path)],
    ['a FIFO', 'c.json', (path) => execa('mkfifo', [path])],
    ['a result', 'x.result.json', (path) => writeFile(path, '{}')],
    ['a resource fork of macOS', '._x.json', (path) => writeFile(path, '{}')],
    ['a hidden file', '.json', (path) => writeFile(path, '{}')],
    ['a file of another kind', 'x.txt', (path) => writeFile(path, '{}')],
    ['a file still being copied', 'x.json.part', (path) => writeFile(path, '{}')],
    ['an extension in capitals', 'x.JSON', (path) => writeFile(path, '{}')],
    ['a name too long for its result', `${'x'.repeat(250)}.json`, (path) => writeFile(path, '{}')],
  ])('is left alone: %s', async (_, name, make) => {
    await make(pending(name));
    const { log, summary } = await runOnce(folder());
    expect(summary).toBe('0 jobs: 0 completed, 0 failed, 0 refused');
    expect(await folder().names('pending')).toEqual([name]);
    expect(log).toContainEqual(
      expect.stringMatching(/^"[^"]+" in pending\/ is left alone: .*(is|begins|does)/),
    );
  });

  it('is left alone: a name that is not UTF-8', async () => {
    const name = Buffer.concat([Buffer.from(`${pending('')}/`), Buffer.from([0xff, 0xfe]), json]);
    await writeFile(name, '{}');
    const { log } = await runOnce(folder());
    expect(log).toContain('"\uFFFD\uFFFD.json" in pending/ is left alone: its name is not UTF-8');
    expect(await folder().names('pending')).toHaveLength(1);
  });

  it('is told the way when it is a clip, by the log and by doctor', async () => {
    await writeFile(pending('A001.MOV'), '');
    const { log } = await runOnce(folder());
    expect(log.join()).toContain('name that to "watch-folder-runner make", or to "plan --follow"');
    const { stdout } = await cli(['doctor', folder().root]);
    expect(stdout).toMatch(/^!! +"A001\.MOV" in pending\/: .*watch-folder-runner make FOLDER/m);
  });

  it('does not keep jobs beside it from being taken', async () => {
    await mkdir(pending('0.json'));
    await symlink('/nowhere', pending('1.json'));
    await folder().drop('2.json', '{}');
    const { summary } = await runOnce(folder());
    expect(summary).toBe('1 job: 0 completed, 0 failed, 1 refused');
  });

  it('is named once, however often the folder is scanned', async () => {
    await writeFile(pending('notes.txt'), '');
    const { log, stop, scanned } = await startRunner(folder());
    await scanned(3);
    await stop();
    expect(log.filter((line) => line.includes('notes.txt'))).toEqual([
      '"notes.txt" in pending/ is left alone: its name does not end in .json',
    ]);
  });
});

describe('a queue that is longer than what is on offer of it', () => {
  const names = Array.from({ length: 23 }, (_, i) => `job-${String(i).padStart(2, '0')}.json`);
  const dropAll = async () => {
    for (const name of names.toReversed()) await folder().drop(name, '{}');
  };

  beforeEach(() => {
    const most = vi.spyOn(PendingFolder.prototype, 'most', 'get').mockReturnValue(5);
    onTestFinished(() => most.mockRestore());
  });

  it('is worked off to its end, in order', async () => {
    await dropAll();
    const { log, stop } = await startRunner(folder(), { pollSeconds: 0.1 });
    await until(async () => (await folder().names('failed')).length === 2 * names.length);
    await stop();
    const claimed = log.filter((line) => line.includes(' claimed by worker'));
    expect(claimed.map((line) => line.split('"')[1])).toEqual(names);
    expect(await folder().names('pending')).toEqual([]);
  });

  it('is taken as far as it is on offer by --once, and the rest is left', async () => {
    await dropAll();
    const { summary } = await runOnce(folder());
    expect(summary).toBe('5 jobs: 0 completed, 0 failed, 5 refused');
    expect(await folder().names('pending')).toEqual(names.slice(5));
  });

  it('is counted whole, and what is no job is named once', async () => {
    await writeFile(pending('notes.txt'), '');
    await dropAll();
    const { log, stop, scanned } = await startRunner(folder(), { requirePaths: ['/no/mount'] });
    await scanned(2);
    const text = await readFile(join(folder().root, '.runner', 'status.json'), 'utf8');
    expect((JSON.parse(text) as { pending: number }).pending).toBe(23);
    await stop();
    expect(log.filter((line) => line.includes('notes.txt'))).toHaveLength(1);
  });
});

describe('more files that are no jobs than anybody reads', () => {
  it('are named up to a thousand, and counted', async () => {
    for (let i = 0; i < 1003; i++) await writeFile(pending(`${i}.txt`), '');
    const { log, stop, scanned } = await startRunner(folder());
    await scanned(2);
    await stop();
    expect(log.filter((line) => line.includes('.txt" in pending/'))).toHaveLength(1000);
    expect(log.filter((line) => line.includes('3 more files in pending/'))).toHaveLength(1);
  });
});

const json = Buffer.from('.json');
