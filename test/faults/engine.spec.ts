import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

/** Outcome of one job when FFmpeg misbehaves. */
async function resultWith(env: Record<string, string>, ...args: string[]) {
  const folder = await jobs.folder();
  await folder.submit('job.json', [jobs.media.source]);
  const runner = jobs.start(folder, { args: ['--once', ...args], env });
  expect(await runner.exit()).toBe(1);
  await until(async () => (await runner.descendants()).length === 0);
  return folder.result();
}

test('an FFmpeg that is killed fails its clip by name of the signal', async () => {
  const { failure_type, failure_reason } = await resultWith({ STAND_IN: 'killed' });
  expect([failure_type, failure_reason]).toEqual(['EngineError', 'FFmpeg was ended by SIGKILL']);
});

test('an FFmpeg that is killed while it reads the proxy says nothing against the proxy', async () => {
  const result = await resultWith({ STAND_IN: 'killed while reading' });
  const { failure_type, failure_reason, clips } = result;
  expect(clips[0]?.verification?.map(({ check }) => check)).toContain('frame_count');
  expect([failure_type, failure_reason]).toEqual([
    'EngineError',
    'FFmpeg was ended by SIGKILL while it read the proxy. Unless someone killed it, the machine probably ran out of memory. Submit the job again.',
  ]);
});

test('an FFmpeg that reads no more of the proxy is stopped', async () => {
  const env = { STAND_IN: 'hangs while reading' };
  const result = await resultWith(env, '--stall-timeout-seconds', '1');
  expect(result.failure_type).toBe('EngineStalledError');
  expect(result.failure_reason).toContain('read nothing of the proxy for 1 s');
  // Storage that hangs isn't asked again.
  expect(result.clips[0]?.verification).toEqual([]);
});

test('an FFmpeg without progress is stopped, and so is what it has started', async () => {
  const result = await resultWith({ STAND_IN: 'hang-with-child' }, '--stall-timeout-seconds', '1');
  expect(result.failure_type).toBe('EngineStalledError');
  expect(result.failure_reason).toContain('no progress for 1 s');
});

test('an FFmpeg that ignores SIGTERM is killed', async () => {
  const result = await resultWith({ STAND_IN: 'ignore-sigterm' }, '--stall-timeout-seconds', '1');
  expect(result.failure_type).toBe('EngineStalledError');
});

test('an FFmpeg that ends well without an output fails its clip', async () => {
  const { failure_type } = await resultWith({ STAND_IN: 'no-output' });
  expect(failure_type).toBe('OutputMissingError');
});

test('200 MB of messages cost neither memory nor room in the result', async () => {
  const folder = await jobs.folder();
  await folder.submit('job.json', [jobs.media.source]);
  const runner = jobs.start(folder, { env: { STAND_IN: 'flood' } });
  let peak = 0;
  await until(async () => {
    const status = await readFile(`/proc/${runner.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    return !runner.isRunning;
  });
  const [clip] = (await folder.result()).clips;
  expect(clip?.stderr?.endsWith('the last line\n')).toBe(true);
  expect(Buffer.byteLength(clip?.stderr ?? '')).toBeLessThanOrEqual(64 * 1024);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(256 * 1024);
});

test('without FFmpeg a job says what to install', async () => {
  const folder = await jobs.folder();
  const programs = jobs.base();
  await mkdir(programs);
  const { stdout: node } = await execa('which', ['node']);
  await symlink(node, join(programs, 'node'));
  await folder.submit('job.json', [jobs.media.source]);
  const runner = jobs.start(folder, { proxy: undefined, env: { PATH: programs } });
  expect(await runner.exit()).toBe(1);
  const { failure_type, failure_reason } = await folder.result();
  expect(failure_type).toBe('EngineUnavailableError');
  expect(failure_reason).toContain('Install FFmpeg');
});

test('an ffprobe that is killed says nothing against the file', async () => {
  const folder = await jobs.folder();
  const programs = join(folder.root, '..', 'killed');
  await mkdir(programs);
  await writeFile(join(programs, 'ffprobe'), '#!/bin/sh\nkill -KILL $$\n', { mode: 0o755 });
  await folder.submit('job.json', [jobs.media.source]);
  const env = { PATH: `${programs}${delimiter}${process.env['PATH']}` };
  await jobs.start(folder, { args: ['--once'], env }).exit();
  const { failure_type, failure_reason } = await folder.result();
  expect([failure_type, failure_reason]).toEqual([
    'EngineError',
    `ffprobe was ended by SIGKILL while it read ${jobs.media.source}. Unless someone killed it, the machine probably ran out of memory. Submit the job again.`,
  ]);
});

test('an ffprobe that is killed while it reads the proxy leaves the command that made it', async () => {
  const folder = await jobs.folder();
  const programs = join(folder.root, '..', 'killed-later');
  await mkdir(programs);
  const { stdout: real } = await execa('which', ['ffprobe']);
  const read = 'readlink "${word#file:}"';
  const killed = `#!/bin/sh\nfor word; do case $(${read}) in *.partial.*) kill -KILL $$ ;; esac; done\nexec ${real} "$@"\n`;
  await writeFile(join(programs, 'ffprobe'), killed, { mode: 0o755 });
  await folder.submit('job.json', [jobs.media.source]);
  const env = { PATH: `${programs}${delimiter}${process.env['PATH']}` };
  await jobs.start(folder, { args: ['--once'], env }).exit();
  const { failure_reason, clips } = await folder.result();
  expect(failure_reason).toMatch(/^ffprobe was ended by SIGKILL while it read .*\.partial\./);
  expect(clips[0]).toMatchObject({
    exit_code: 0,
    ffmpeg_command: expect.arrayContaining(['ffmpeg']),
  });
});

test('an ffprobe that hangs is stopped and named', async () => {
  const folder = await jobs.folder();
  const programs = jobs.base();
  await mkdir(programs);
  await writeFile(join(programs, 'ffprobe'), '#!/bin/sh\nsleep 1000\n', { mode: 0o755 });
  await folder.submit('job.json', [jobs.media.source]);
  const path = `${programs}${delimiter}${process.env['PATH']}`;
  const args = ['--once', '--stall-timeout-seconds', '1'];
  const runner = jobs.start(folder, { proxy: undefined, args, env: { PATH: path } });
  expect(await runner.exit()).toBe(1);
  const result = await folder.result();
  expect(result.failure_type).toBe('EngineStalledError');
  expect(result.failure_reason).toContain('ffprobe');
});

test('what an FFmpeg leaves in the background ends with it', async () => {
  const folder = await jobs.folder();
  await folder.submit('job.json', [jobs.media.source]);
  const runner = jobs.start(folder, { args: [], env: { STAND_IN: 'leave-child' } });
  await until(async () => (await folder.names('completed')).length === 2);
  await until(async () => (await runner.descendants()).length === 0);
  expect(runner.isRunning).toBe(true);
});

test('a clock that jumps back an hour turns no time span around', async () => {
  const folder = await jobs.folder();
  const jump = join(jobs.base() + '.mjs');
  await writeFile(
    jump,
    `const now = Date.now; const start = now();
    globalThis.Date = class extends Date {
      constructor(...args) { args.length ? super(...args) : super(Date.now()); }
      static now() { return now() - (now() - start > 400 ? 3_600_000 : 0); }
    };`,
  );
  await folder.submit('job.json', [jobs.media.source]);
  const env = { NODE_OPTIONS: `--import ${jump}`, STAND_IN_SECONDS: '1' };
  const runner = jobs.start(folder, { env });
  expect(await runner.exit()).toBe(0);
  const { started_at, completed_at, duration_seconds, clips } = await folder.result();
  for (const span of [{ started_at, completed_at, duration_seconds }, ...clips]) {
    const seconds = (Date.parse(span.completed_at) - Date.parse(span.started_at)) / 1000;
    expect(seconds).toBeCloseTo(span.duration_seconds, 2);
    expect(span.duration_seconds).toBeGreaterThanOrEqual(0);
  }
});
