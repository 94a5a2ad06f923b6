import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();

describe('--once', () => {
  it('exits with 0 when every job is completed, and counts them', async () => {
    await folder().dropJob('a.json', { sources: [clips['a.mov']] });
    const { exitCode, lines } = await cli([folder().root, '--once']);
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/1 job: 1 done, 0 failed, 0 rejected$/);
  });

  it('exits with 1 when a job failed, and counts each kind', async () => {
    await folder().dropJob('a.json', { sources: [clips['a.mov']] });
    await folder().dropJob('b.json', { sources: ['/nowhere/b.mov'] });
    await folder().drop('c.json', '{}');
    const { exitCode, lines } = await cli([folder().root, '--once', '--max-workers', '2']);
    expect(exitCode).toBe(1);
    expect(lines.at(-1)).toMatch(/3 jobs: 1 done, 0 failed, 2 rejected$/);
  });

  it('exits with 0 when there is nothing to do, and creates the directories of the folder', async () => {
    const root = folder().beside('new');
    await mkdir(root);
    const { exitCode, lines } = await cli([root, '--once']);
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/0 jobs: 0 done, 0 failed, 0 rejected$/);
    expect((await cli(['doctor', root])).stdout).toContain(`${root} can be used`);
  });

  it('exits with 4 when the folder is a file', async () => {
    const path = folder().beside('file');
    await writeFile(path, '');
    const { exitCode, stderr } = await cli([path, '--once']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`The watch folder "${path}" is not a directory`);
  });

  it('takes nothing while a required path is missing, and says why', async () => {
    await folder().drop('a.json', '{}');
    const { exitCode, stdout } = await cli([
      folder().root,
      '--once',
      '--require-path',
      '/no/mount',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('No job is claimed: required path is missing: /no/mount');
    expect(stdout).toContain('"a.json" is left in pending/');
    expect(await folder().names('pending')).toEqual(['a.json']);
  });
});
