import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JobFolder } from '../support/job-folder.ts';
import { until, type RunnerProcess } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

/** Starts a runner that serves on a free port. @returns it, and where. */
async function serve(folder: JobFolder, options: Parameters<typeof jobs.start>[1] = {}) {
  const args = [...(options.args ?? []), '--http-port', '0'];
  const runner = jobs.start(folder, { ...options, args });
  const served = /served on 127\.0\.0\.1, port (\d+)/;
  await until(() => served.test(runner.log));
  const base = `http://127.0.0.1:${served.exec(runner.log)?.[1]}`;
  return { runner, base, get: (path: string, init: RequestInit = {}) => fetch(base + path, init) };
}

type Get = Awaited<ReturnType<typeof serve>>['get'];

interface ReadinessReport {
  status: string;
  error: Record<string, { message: string }>;
}

/** The parts of the readiness that are down, with their reasons. */
async function down(get: Get): Promise<Record<string, { message: string }>> {
  const response = await get('/healthz/ready');
  const { status, error } = (await response.json()) as ReadinessReport;
  expect(response.status).toBe(status === 'ok' ? 200 : 503);
  return error;
}

async function untilDown(get: Get, part: string, reason: RegExp) {
  await until(async () => reason.test((await down(get))[part]?.message ?? ''));
}

const untilReady = (get: Get) => until(async () => (await get('/healthz/ready')).status === 200);

/** Values by name and labels, as they are written. */
async function metrics(get: Get): Promise<Map<string, number>> {
  const text = await (await get('/metrics')).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

describe('health and metrics over HTTP', () => {
  it('answer GET and HEAD alone, for three pages alone', async () => {
    const { get } = await serve(await jobs.folder());
    for (const path of ['/healthz/live', '/metrics']) {
      const page = await get(path);
      expect(page.status).toBe(200);
      expect(page.headers.get('cache-control')).toBe('no-store');
      const head = await get(path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const refused = await get('/healthz/live', { method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    for (const path of ['/', '/healthz', '/metrics/x', '/__proto__', '/%00'])
      expect((await get(path)).status).toBe(path.endsWith('/..') ? 404 : 404);
  });

  it('are ready once the folder was scanned, and not while claims are paused or the folder is gone', async () => {
    const folder = await jobs.folder();
    const mount = `${folder.root}-mount`;
    const { get } = await serve(folder, { args: ['--require-path', mount] });
    await folder.submit('a.json', [jobs.media.source]);
    await untilDown(get, 'claims', /required path is missing/);
    expect((await metrics(get)).get('wfr_paused')).toBe(1);
    await mkdir(join(mount, 'day1'), { recursive: true });
    await untilReady(get);
    await until(async () => (await metrics(get)).get('wfr_paused') === 0);
    await rename(folder.root, `${folder.root}-away`);
    await untilDown(get, 'folder', /no such file or directory/);
    expect((await metrics(get)).get('wfr_last_scan_success')).toBe(0);
    expect((await get('/healthz/live')).status).toBe(200);
    await rename(`${folder.root}-away`, folder.root);
    await untilReady(get);
  });

  it('are not ready without FFmpeg', async () => {
    const folder = await jobs.folder();
    const tools = `${folder.root}-tools`;
    await mkdir(tools);
    const { get } = await serve(folder, { env: { PATH: tools }, proxy: undefined });
    await until(async () => Object.keys(await down(get)).join() === 'ffmpeg');
    expect((await down(get))['ffmpeg']?.message).toMatch(/FFmpeg not found/);
  });

  it('are not ready, but there, while the last jobs end', async () => {
    const folder = await jobs.folder();
    const { get, runner } = await serve(folder, { env: { STAND_IN: 'hang' } });
    await folder.submit('a.json', [jobs.media.source]);
    await until(async () => (await metrics(get)).get('wfr_workers_busy') === 1);
    runner.signal('SIGTERM');
    await until(async () => (await get('/healthz/ready')).status === 503);
    runner.signal('SIGTERM');
    expect(await runner.exit()).toBe(0);
  });
});

describe('connections of strangers', () => {
  /** Opens a connection. @returns it, and whether it is still open. */
  function open(base: string) {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    let isOpen = true;
    socket.on('error', () => undefined).on('close', () => (isOpen = false));
    // The end of a connection is only seen once all before it was read.
    socket.resume();
    onTestFinished(() => void socket.destroy());
    return { socket, isOpen: () => isOpen };
  }

  async function descriptorsOf(runner: RunnerProcess) {
    return (await readdir(`/proc/${runner.pid}/fd`)).length;
  }

  it('are few, and those that say nothing are closed', async () => {
    const { runner, base, get } = await serve(await jobs.folder(), { args: [] });
    await runner.logged('works on');
    const before = await descriptorsOf(runner);
    const idle = Array.from({ length: 200 }, () => open(base));
    await until(() => idle.filter(({ isOpen }) => isOpen()).length <= 64);
    expect(await descriptorsOf(runner)).toBeLessThanOrEqual(before + 64 + 10);
    await until(() => idle.every(({ isOpen }) => !isOpen()));
    expect((await get('/healthz/live')).status).toBe(200);
  });

  it('that speak byte by byte are soon cut off', async () => {
    const { base } = await serve(await jobs.folder(), { args: [] });
    const { socket, isOpen } = open(base);
    socket.write('GET /healthz/live HTTP/1.1\r\nX: ');
    let bytes = 0;
    const speak = setInterval(() => socket.destroyed || (socket.write('x'), bytes++), 100);
    onTestFinished(() => clearInterval(speak));
    await until(() => !isOpen());
    expect(bytes).toBeLessThan(300);
  });
});

describe('metrics', () => {
  it('count jobs and clips, time them, and never name them', async () => {
    const folder = await jobs.folder();
    await folder.submit('good.json', [jobs.media.source], { job_id: 'good' });
    await folder.submit('missing.json', ['/nowhere/a.mov'], { job_id: 'missing' });
    await mkdir(folder.path('running'), { recursive: true });
    await folder.submit('cut-off.json', [jobs.media.source]);
    await rename(folder.path('pending', 'cut-off.json'), folder.path('running', 'cut-off.json'));
    const { get } = await serve(folder, { args: ['--max-workers', '2'] });
    const ended = 'wfr_jobs_ended_total';
    const completed = `${ended}{final_status="COMPLETED",execution_engine="ffmpeg",failure_type=""}`;
    await until(async () => (await metrics(get)).get(completed) === 1);
    const refused = `${ended}{final_status="PARTIAL",execution_engine="",failure_type="MissingSourcesError"}`;
    await until(async () => (await metrics(get)).get(refused) === 1);
    const now = await metrics(get);
    const value = (name: string) => now.get(name);
    const cutOff = `${ended}{final_status="FAILED",execution_engine="",failure_type="RunnerInterrupted"}`;
    expect(value(cutOff)).toBe(1);
    expect(value('wfr_clip_duration_seconds_count{status="COMPLETED",engine="ffmpeg"}')).toBe(1);
    const job = '{final_status="COMPLETED",execution_engine="ffmpeg"}';
    expect(value(`wfr_job_duration_seconds_count${job}`)).toBe(1);
    expect(value('wfr_source_seconds_total{engine="ffmpeg"}')).toBeCloseTo(0.4, 2);
    expect(value('wfr_workers')).toBe(2);
    for (const name of now.keys()) expect(name).not.toMatch(/good|missing\.|cut-off|source\.mov/);
    const { stdout } = await execa('promtool', ['check', 'metrics'], {
      input: await (await get('/metrics')).text(),
    });
    expect(stdout).toBe('');
  });

  it('say how many jobs wait, and whether the folder could be scanned', async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source]);
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    const { get } = await serve(folder, { args: ['--require-path', '/no/mount'] });
    await until(async () => (await metrics(get)).get('wfr_pending_jobs') === 2);
    await rename(folder.root, `${folder.root}-away`);
    await until(async () => (await metrics(get)).get('wfr_last_scan_success') === 0);
    await rename(`${folder.root}-away`, folder.root);
    await until(async () => (await metrics(get)).get('wfr_last_scan_success') === 1);
    await rm(folder.path('pending', 'a.json'));
    await rm(folder.path('pending', 'b.json'));
    await until(async () => (await metrics(get)).get('wfr_pending_jobs') === 0);
    expect((await metrics(get)).get('wfr_paused')).toBe(1);
  });
});

describe('a port that is in use', () => {
  it('is a plain error and a usage exit code, before the folder is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const folder = await jobs.folder();
    const runner: RunnerProcess = jobs.start(folder, { args: ['--http-port', `${port}`] });
    expect(await runner.exit()).toBe(2);
    expect(runner.log).toMatch(
      new RegExp(`can't be served on 127.0.0.1, port ${port}: .*EADDRINUSE.*Choose another`),
    );
    expect(await folder.names('running')).toEqual([]);
  });
});
