import { chmod, mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, beforeEach } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { jobSpec, type JobFields } from '../support/job-spec.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const SLURM = fileURLToPath(new URL('../../deploy/slurm', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/apps/runner/src/main.js', import.meta.url));

export interface TaskOptions {
  env?: Record<string, string>;
  /** A program, with arguments, that starts the task. */
  within?: readonly string[];
  /** A folder of programs that are found before all others. */
  programs?: string;
}

/** A farm folder for each test, and tasks as an indexed Job starts them: without Slurm, counted from 0. */
export function useFarm() {
  const folder = useTemporaryFolder();
  let path = '';

  beforeAll(async () => {
    const command = join(folder.path, 'watch-folder-runner');
    await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
    await chmod(command, 0o755);
  });
  beforeEach(async () => {
    path = await mkdtemp(join(folder.path, 'farm '));
    for (const name of [...JOB_STATES, 'out']) await mkdir(join(path, name));
  });

  const pathWith = (programs: string) =>
    [programs, folder.path, process.env['PATH']].filter(Boolean).join(delimiter);

  return {
    get path() {
      return path;
    },
    drop: async (name: string, fields: JobFields): Promise<void> => {
      const job = jobSpec({ output_directory: join(path, 'out'), ...fields });
      await writeFile(join(path, 'pending', name), JSON.stringify(job));
    },
    /** @returns in an object, since a process is a promise too. It leads a group of its own. */
    task: async (names: string[], index = 0, options: TaskOptions = {}) => {
      const { env = {}, within = [], programs = '' } = options;
      const list = join(path, 'list');
      await writeFile(list, names.map((name) => `${name}\0`).join(''));
      const variables = { PATH: pathWith(programs), JOB_COMPLETION_INDEX: String(index), ...env };
      const [program, ...args] = [...within, 'bash', join(SLURM, 'task.sh'), path, list];
      const running = execa(program, args, { env: variables, reject: false, detached: true });
      return { running };
    },
    /** Step after the array. */
    recover: () =>
      execa('bash', [join(SLURM, 'recover.sh'), path], {
        env: { PATH: pathWith('') },
        reject: false,
      }),
    names: async (state: string) => (await readdir(join(path, state))).sort(),
    result: async (name: string) =>
      JSON.parse(await readFile(join(path, name), 'utf8')) as JobResult,
  };
}
