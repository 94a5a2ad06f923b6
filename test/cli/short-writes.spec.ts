import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { cli, MAIN } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();

/** No file may grow beyond it: as on a full disk, the system takes what has room, and refuses the next byte. */
const LIMIT = 4 * 1024 * 1024;
const ROOM = 100;

/** Runs a command whose stdout is a file that has room for its first bytes only. */
async function almostFull(...args: string[]) {
  const path = folder().beside('stdout');
  await writeFile(path, Buffer.alloc(LIMIT - ROOM, ' '));
  const line = `ulimit -f ${LIMIT / 1024}; exec "$0" "$@" >>'${path}'`;
  const run = await execa('bash', ['-c', line, process.execPath, MAIN, ...args], { reject: false });
  expect((await readFile(path)).length).toBe(LIMIT);
  return run;
}

async function job(): Promise<string> {
  const path = folder().beside('day.json');
  const spec = jobSpec({ sources: [clips['a.mov']], output_directory: folder().output });
  await writeFile(path, JSON.stringify(spec));
  return path;
}

describe('a command whose stdout has too little room', () => {
  it.each([
    ['schema', ['schema', 'result']],
    ['help', ['--help']],
    ['help of a command', ['help', 'run']],
    ['refusals', ['validate', '--json', `/${'no/'.repeat(100)}x.json`]],
  ])('ends with an error and says so: %s', async (_, args) => {
    const { exitCode, stderr } = await almostFull(...args);
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toBe("The output can't be written to stdout: file too large.");
  });

  it.runIf(isRoot)(`ends with an error and says so: run${NEEDS_ROOT}`, async () => {
    const disk = folder().beside('disk');
    await mkdir(disk);
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]);
    try {
      // Pages of 4 KiB: one is left, and a result is longer.
      await writeFile(join(disk, 'filling'), Buffer.alloc(60 * 1024));
      const path = join(disk, 'result.json');
      const line = `exec "$0" "$@" >'${path}'`;
      const argv = ['-c', line, process.execPath, MAIN, 'run', await job()];
      const { exitCode, stderr } = await execa('bash', argv, { reject: false });
      expect((await readFile(path)).length).toBe(4096);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(
        "can't be written to stdout: no space left on device; nothing else keeps it",
      );
    } finally {
      await execa('umount', [disk]);
    }
  });
});

describe('run --result', () => {
  it('writes the result there, with the name that the JobSpec is archived under', async () => {
    const path = folder().beside('x.result.json');
    const args = ['run', await job(), '--result', path, '--archived-as', 'day.2.json'];
    const { exitCode, stdout } = await cli(args);
    expect([exitCode, stdout]).toEqual([0, '']);
    const { final_status, _metadata } = JSON.parse(await readFile(path, 'utf8')) as JobResult;
    expect([final_status, _metadata.archived_as]).toEqual(['COMPLETED', 'day.2.json']);
  });

  it.each([
    ['replaces nothing', 2, 'exists already and is not replaced', 'taken.json'],
    ['needs a folder', 4, 'no such file or directory', 'nowhere/x.json'],
  ])('%s, and then starts nothing', async (_, code, sentence, name) => {
    await writeFile(folder().beside('taken.json'), 'theirs');
    const { exitCode, stderr } = await cli(['run', await job(), '--result', folder().beside(name)]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(sentence);
    expect(await folder().names('output')).toEqual([]);
    expect(await readFile(folder().beside('taken.json'), 'utf8')).toBe('theirs');
  });

  it('refuses a name that no JobSpec can have', async () => {
    const { exitCode, stderr } = await cli(['run', await job(), '--archived-as', '../x.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--archived-as can't be a job: it is a path");
  });
});
