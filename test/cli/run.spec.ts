import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec, type JobFields } from '../support/job-spec.ts';
import { resultSchemaErrors } from '../support/result-schema.ts';
import { RunnerProcess, until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 }, 'b.mov': { frames: 2 } });
const folder = useWatchFolder();
const stand = useStandInJobs();

/** Writes a JobSpec into a folder of its own. */
async function jobFile(fields: JobFields): Promise<string> {
  const path = folder().beside('jobs/day3.json');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(jobSpec({ output_directory: folder().output, ...fields })));
  return path;
}

async function resultIn(stdout: string): Promise<JobResult> {
  const result = JSON.parse(stdout) as JobResult;
  expect(await resultSchemaErrors(result)).toEqual([]);
  return result;
}

describe('run', () => {
  it('makes the proxies, prints the result alone on stdout and the log on stderr', async () => {
    const path = await jobFile({ sources: [clips['a.mov'], clips['b.mov']], job_id: 'day3' });
    const { exitCode, stdout, stderr } = await cli(['run', path]);
    expect(exitCode).toBe(0);
    const result = await resultIn(stdout);
    expect(result).toMatchObject({ job_id: 'day3', final_status: 'COMPLETED', completed_clips: 2 });
    const { jobspec_path, archived_as, worker_id, result_written_at } = result._metadata;
    expect({ jobspec_path, archived_as, worker_id }).toEqual({
      jobspec_path: path,
      archived_as: 'day3.json',
      worker_id: 1,
    });
    expect(result_written_at >= result.completed_at).toBe(true);
    expect(await folder().names('output')).toEqual(['a_proxy.mov', 'b_proxy.mov']);
    expect(stderr).toContain('day3.json');
  });

  it('tells schedulers how far it is, where that is asked for', async () => {
    const path = await jobFile({ sources: [clips['a.mov'], clips['b.mov']] });
    const { stdout, stderr } = await cli(['run', path, '--progress']);
    expect((await resultIn(stdout)).final_status).toBe('COMPLETED');
    const told = [...stderr.matchAll(/^Progress: (\d+)%$/gmu)].map(([, percent]) =>
      Number(percent),
    );
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    expect(told).toEqual(expect.arrayContaining([0, 50, 100]));
    const again = await cli(['run', path, '--progress']);
    expect(again.stderr).toContain('Progress: 0%');
    expect(again.stderr).not.toContain('Progress: 100%');
    expect((await resultIn(again.stdout)).cause).toMatchObject({ retryable: false });
  });

  it('writes nothing beside the JobSpec and nothing into the current directory', async () => {
    const path = await jobFile({ sources: [clips['a.mov']] });
    const cwd = folder().beside('elsewhere');
    await mkdir(cwd);
    await cli(['run', path], { cwd });
    expect(await readdir(dirname(path))).toEqual(['day3.json']);
    expect(await readdir(cwd)).toEqual([]);
  });

  it.each([
    [{ sources: ['/nowhere/a.mov'] }, 'MissingSourcesError'],
    [{ sources: [] }, 'JobSpecValidationError'],
  ])('ends with 1 and a result when the job is refused: %j', async (fields, type) => {
    const { exitCode, stdout } = await cli(['run', await jobFile(fields)]);
    expect(exitCode).toBe(1);
    expect(await resultIn(stdout)).toMatchObject({ final_status: 'PARTIAL', failure_type: type });
  });

  it('never replaces a proxy: the second run of a job is refused', async () => {
    const path = await jobFile({ sources: [clips['a.mov']] });
    await cli(['run', path]);
    const proxy = join(folder().output, 'a_proxy.mov');
    const before = await readFile(proxy);
    const { stdout } = await cli(['run', path]);
    expect((await resultIn(stdout)).failure_type).toBe('OutputCollisionError');
    expect(await readFile(proxy)).toEqual(before);
  });

  it.each([
    [['/nowhere/x.json'], 2, 'The JobSpec "/nowhere/x.json" can\'t be read: no such file'],
    [['/nowhere/x.json', 'y.json'], 2, 'too many arguments'],
  ])('says on stderr alone what is wrong with %j', async (args, code, sentence) => {
    const { exitCode, stdout, stderr } = await cli(['run', ...args]);
    expect(exitCode).toBe(code);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
  });

  it('refuses in JSON as well, where JSON is asked for', async () => {
    const path = await jobFile({});
    for (const [file, args, exit_code] of [
      ['/nowhere/x.json', [], 2],
      [path, ['--require-path', '/no/mount'], 4],
    ] as const) {
      const { exitCode, stderr } = await cli(['run', file, ...args, '--log-format', 'json']);
      expect(exitCode).toBe(exit_code);
      expect(JSON.parse(stderr)).toMatchObject({ event: 'runner_refused', exit_code });
    }
  });

  it('starts nothing while a required path is missing', async () => {
    const path = await jobFile({ sources: [clips['a.mov']] });
    const run = await cli(['run', path, '--require-path', '/no/mount']);
    expect(run).toMatchObject({ exitCode: 4, stdout: '' });
    expect(run.stderr).toContain('required path is missing: "/no/mount"');
    expect(await folder().names('output')).toEqual([]);
  });

  it('does not end well when its result can be written nowhere', async () => {
    const path = await jobFile({ sources: [clips['a.mov']] });
    const command = '"$0" dist/apps/runner/src/main.js run "$1" > /dev/full';
    const argv = ['-c', command, process.execPath, path];
    const { exitCode, stderr } = await execa('sh', argv, { reject: false });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/can't be written to stdout: no space left on device/);
  });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s stops the encoder of run at once, and the result says so',
  async (signal) => {
    const jobs = await stand.folder();
    const path = stand.base();
    await writeFile(path, JSON.stringify(jobs.spec([stand.media.source])));
    const { proxy } = stand.media;
    const env = { STAND_IN: 'hang' };
    const runner = new RunnerProcess('run', { args: [path], proxy, env });
    onTestFinished(() => runner.kill());
    await until(async () => (await readdir(jobs.output)).length > 0);
    await until(async () => (await runner.descendants()).length > 0);
    runner.signal(signal);
    expect(await runner.exit()).toBe(1);
    const result = await resultIn(runner.stdout);
    expect(result).toMatchObject({ final_status: 'FAILED', failure_type: 'RunnerInterrupted' });
    expect(await runner.descendants()).toEqual([]);
    expect(await readdir(jobs.output)).toEqual([]);
  },
);
