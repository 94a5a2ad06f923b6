import { execa } from 'execa';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { runOnce, startRunner } from '../support/runner.ts';
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
    expect(summary).toBe('0 jobs: 0 done, 0 failed, 0 rejected');
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

  it('is told the way when it is a clip or a folder of clips, by the log and by doctor', async () => {
    await writeFile(pending('A001.MOV'), '');
    await mkdir(pending('A002'));
    const { log } = await runOnce(folder());
    expect(log.join()).toContain(
      'give that folder to "watch-folder-runner make", or to "plan --follow"',
    );
    const { stdout } = await cli(['doctor', folder().root]);
    const told = /^!! +"A001\.MOV", "A002" in pending\/: .*watch-folder-runner make FOLDER/m;
    expect(stdout).toMatch(told);
    expect(log.join()).toContain('"A002" in pending/ is left alone: it is a folder');
  });

  it('is not named while it is being written', async () => {
    await writeFile(pending('.0f.tmp'), '');
    const { log } = await runOnce(folder());
    expect(log.join()).not.toContain('.tmp');
  });

  it('does not keep jobs beside it from being taken', async () => {
    await mkdir(pending('0.json'));
    await symlink('/nowhere', pending('1.json'));
    await folder().drop('2.json', '{}');
    const { summary } = await runOnce(folder());
    expect(summary).toBe('1 job: 0 done, 0 failed, 1 rejected');
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
