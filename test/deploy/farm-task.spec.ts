/** @module-tag night */
import { chmod, mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { archiveName, archiveOf, JOB_STATES, resultNameOf } from '@app/jobspec/folder';
import { jobSpec, type JobFields } from '../support/job-spec.ts';
import { makeClip } from '../support/media.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { until } from '../support/runner-process.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const TASK = fileURLToPath(new URL('../../deploy/slurm/task.sh', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/apps/runner/src/main.js', import.meta.url));

const folder = useTemporaryFolder();
let farm = '';

beforeAll(async () => {
  const command = join(folder.path, 'watch-folder-runner');
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  await chmod(command, 0o755);
});

beforeEach(async () => {
  farm = await mkdtemp(join(folder.path, 'farm '));
  for (const name of [...JOB_STATES, 'out']) await mkdir(join(farm, name));
});

async function drop(name: string, fields: JobFields): Promise<void> {
  const job = jobSpec({ output_directory: join(farm, 'out'), ...fields });
  await writeFile(join(farm, 'pending', name), JSON.stringify(job));
}

/** A task as Kubernetes starts it: without Slurm, counted from 0. */
async function task(
  names: string[],
  index: number,
  env: Record<string, string> = {},
  within: readonly string[] = [],
) {
  const list = join(farm, 'list');
  await writeFile(list, names.map((name) => `${name}\0`).join(''));
  const path = `${folder.path}${delimiter}${process.env['PATH']}`;
  const variables = { PATH: path, JOB_COMPLETION_INDEX: String(index), ...env };
  // In an object, since a process is a promise too.
  const [program, ...args] = [...within, 'bash', TASK, farm, list];
  return { running: execa(program, args, { env: variables, reject: false }) };
}

const names = async (state: string) => (await readdir(join(farm, state))).sort();
const result = async (path: string) =>
  JSON.parse(await readFile(join(farm, path), 'utf8')) as JobResult;

describe('a task of an array', () => {
  it('runs the JobSpec of its number and archives it under a name that nobody has', async () => {
    const source = await makeClip(farm, 'a.mov', { frames: 2 });
    await drop('x.json', { sources: [source] });
    await drop('y.json', { sources: [source] });
    await writeFile(join(farm, 'failed/y.json'), 'kept');
    const { running } = await task(['x.json', 'y.json'], 1);
    expect((await running).exitCode).toBe(0);
    expect(await names('pending')).toEqual(['x.json']);
    expect(await names('running')).toEqual([]);
    // The script is a shell's and can't import the protocol of the folder, so it is held against it here.
    const archived = archiveName('y.json', 2);
    expect(await names('completed')).toEqual([archived, resultNameOf(archived)]);
    const { _metadata, final_status } = await result(`completed/${resultNameOf(archived)}`);
    expect(archiveOf(final_status)).toBe('completed');
    expect(_metadata.archived_as).toBe(archived);
    expect(await readFile(join(farm, 'failed/y.json'), 'utf8')).toBe('kept');
  });

  it('archives what was stopped as interrupted', async () => {
    const source = await makeClip(farm, 'a.mov', { width: 1280, height: 720, frames: 250 });
    await drop('x.json', { sources: [source], codec: 'vp9', container: 'webm' });
    const { running } = await task(['x.json'], 0);
    await until(async () => (await names('out')).some((name) => name.endsWith('.webm')));
    running.kill('SIGTERM');
    expect((await running).exitCode).toBe(1);
    expect(await names('failed')).toEqual(['x.json', 'x.result.json']);
    expect(await result('failed/x.result.json')).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'RunnerInterrupted',
    });
  });

  it('leaves a JobSpec alone that another task of its number runs', async () => {
    const source = await makeClip(farm, 'a.mov', { width: 1280, height: 720, frames: 250 });
    await drop('x.json', { sources: [source], codec: 'vp9', container: 'webm' });
    const first = await task(['x.json'], 0);
    await until(async () => (await names('out')).some((name) => name.endsWith('.webm')));
    const second = await task(['x.json'], 0);
    expect((await second.running).stdout).toBe('x.json is gone from pending/.');
    first.running.kill('SIGTERM');
    await first.running;
    expect(await names('running')).toEqual([]);
    expect(await names('failed')).toEqual(['x.json', 'x.result.json']);
  });

  it.runIf(isRoot)(
    `loses nothing to others whose process has the same number${NEEDS_ROOT}`,
    async () => {
      const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.json`);
      for (const name of jobs) await drop(name, { sources: ['/nowhere/a.mov'] });
      const alone = ['unshare', '--pid', '--fork'];
      const tasks = await Promise.all(jobs.map((_, index) => task(jobs, index, {}, alone)));
      await Promise.all(tasks.map(({ running }) => running));
      expect((await names('failed')).filter((name) => jobs.includes(name))).toEqual(jobs);
      expect(await names('running')).toEqual([]);
    },
  );

  it.each([
    ['another name', 243, 'failed'],
    ['its result', 244, null],
    ['the file that its result is written to', 250, null],
  ])('leaves a JobSpec pending that has no room for %s', async (_, bytes, taken) => {
    const name = `${'x'.repeat(bytes)}.json`;
    await drop(name, { sources: ['/nowhere/a.mov'] });
    if (taken !== null) await writeFile(join(farm, taken, name), 'kept');
    const { running } = await task([name], 0);
    expect((await running).exitCode).toBe(1);
    expect(await names('pending')).toEqual([name]);
    expect(await names('running')).toEqual([]);
  });

  it('archives a JobSpec whose result has just room', async () => {
    const name = `${'x'.repeat(243)}.json`;
    await drop(name, { sources: ['/nowhere/a.mov'] });
    await (
      await task([name], 0)
    ).running;
    expect(await names('failed')).toHaveLength(2);
    expect(await names('running')).toEqual([]);
  });

  it('leaves a JobSpec pending while a required path is missing', async () => {
    await drop('x.json', { sources: ['/nowhere/a.mov'] });
    const { running } = await task(['x.json'], 0, { WFR_REQUIRE_PATH: '/no/mount' });
    expect((await running).exitCode).toBe(4);
    expect(await names('pending')).toEqual(['x.json']);
    expect(await names('running')).toEqual([]);
  });

  it('has nothing to do when somebody else took its JobSpec', async () => {
    const { running } = await task(['x.json'], 0);
    expect(await running).toMatchObject({ exitCode: 0, stdout: 'x.json is gone from pending/.' });
  });
});
