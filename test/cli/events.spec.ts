import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENTS } from '../../apps/runner/src/logging/events.ts';
import { ResolveLock } from '../../apps/runner/src/resolve/resolve-lock.ts';
import { eventTable } from '../support/event-table.ts';
import type { JobFolder } from '../support/job-folder.ts';
import { StandInResolve } from '../support/resolve.ts';
import { until, type RunnerProcess } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

type Line = Record<string, unknown> & { event: string; message: string };

const ON_EVERY_LINE = ['timestamp', 'level', 'event', 'message', 'context', 'pid'];
const JSON_LOG = ['--log-format', 'json', '--log-level', 'debug'];
const MAIN = 'dist/apps/runner/src/main.js';
const jobs = useStandInJobs();
const lines: Line[] = [];

/** Starts a runner that logs everything as JSON; {@link ended} collects what it wrote. */
function start(folder: JobFolder, options: Parameters<typeof jobs.start>[1] = {}): RunnerProcess {
  return jobs.start(folder, { ...options, args: [...(options.args ?? ['--once']), ...JSON_LOG] });
}

async function ended(runner: RunnerProcess): Promise<void> {
  await runner.exit();
  collect(runner.log);
}

function collect(log: string) {
  const isJson = (line: string) => line.startsWith('{');
  for (const line of log.split('\n').filter(isJson)) lines.push(JSON.parse(line) as Line);
}

/** Waits until a runner has logged an event. */
const logged = (runner: RunnerProcess, event: string) => runner.logged(`"event":"${event}"`);

/** `--once` over every kind of leftover and job. */
async function workOffEverything() {
  const folder = await jobs.folder();
  await folder.submit('good.json', [jobs.media.source], { resolution: '4000x4000' });
  await folder.submit('other-codec.json', [jobs.media.source], {
    codec: 'prores_hq',
    container: 'mov',
  });
  await writeFile(folder.path('pending', 'notes.txt'), '');
  await writeFile(join(folder.root, 'misplaced.json'), '{}');
  await mkdir(folder.path('running', 'busy.json'), { recursive: true });
  await folder.drop('busy.json', '{}');
  await writeFile(folder.path('running', 'cut-off.json'), '{}');
  await writeFile(folder.path('running', 'broken.result.json'), 'no result');
  await ended(start(folder, { args: ['--once', '--settle-seconds', '0.05'] }));
  const archived = await readdir(folder.path('completed'));
  for (const name of archived)
    await rename(folder.path('completed', name), folder.path('running', name));
  await ended(start(folder, { args: ['--once', '--settle-seconds', '0.05'] }));
}

/** A service whose folder, claims and results are disturbed, and which is stopped twice. */
async function disturb() {
  const folder = await jobs.folder();
  const mount = join(dirname(folder.root), 'mount');
  const runner = start(folder, {
    args: ['--require-path', mount, '--max-workers', '2', '--http-port', '0'],
    env: { STAND_IN: 'hang', WFR_POLL_SECOND: '1' },
  });
  for (let i = 0; i <= 1000; i++) await writeFile(folder.path('pending', `${i}.txt`), '');
  await logged(runner, 'files_ignored');
  await logged(runner, 'claims_paused');
  runner.signal('SIGHUP');
  await logged(runner, 'hangup_ignored');
  await mkdir(join(mount, 'day1'), { recursive: true });
  await logged(runner, 'claims_resumed');
  await ended(start(folder));
  await rename(folder.root, `${folder.root}-away`);
  await logged(runner, 'scan_failed');
  await rename(`${folder.root}-away`, folder.root);
  await logged(runner, 'scan_works_again');
  await rm(folder.path('.runner', 'lock'));
  await logged(runner, 'folder_taken_again');
  const status = folder.path('.runner', 'status.json.tmp');
  await until(async () =>
    mkdir(status).then(
      () => true,
      () => false,
    ),
  );
  await logged(runner, 'status_failed');
  await rm(status, { recursive: true });
  await logged(runner, 'status_works_again');
  await folder.submit('taken.json', [jobs.media.source], { job_id: 'a' });
  await folder.submit('unwritten.json', [jobs.media.source], { job_id: 'b' });
  const isStaged = (name: string) => name.endsWith('.mp4');
  await until(async () => (await readdir(folder.output)).filter(isStaged).length === 2);
  await rm(folder.path('running', 'taken.json'));
  await mkdir(folder.path('running', '.result.tmp'));
  runner.signal('SIGTERM');
  await logged(runner, 'runner_stopping');
  runner.signal('SIGTERM');
  await ended(runner);
}

/** Files that the system refuses to read, and what it can't make durable. */
async function refuseReads() {
  const unreadable = await jobs.folder();
  await unreadable.submit('a.json', [jobs.media.source]);
  await ended(start(unreadable, { fault: { calls: ['read'], path: 'pending/a', act: 'EIO' } }));
  for (const [call, act, nth] of [
    ['sync', 'EINVAL', 1],
    ['datasync', 'EIO', 2],
  ] as const) {
    const weak = await jobs.folder();
    await weak.submit('a.json', [jobs.media.source]);
    const path = call === 'sync' ? 'output$' : 'journals/';
    await ended(start(weak, { fault: { calls: [call], path, nth, count: 1, act } }));
  }
  const defect = await jobs.folder();
  await defect.submit('a.json', [jobs.media.source]);
  await ended(start(defect, { fault: { calls: ['stat'], path: '/ffmpeg$', nth: 2, act: 'EIO' } }));
}

/** A disk of proxies that is full at the first look, and isn't at the next. */
async function fillOutputs() {
  const folder = await jobs.folder();
  await folder.submit('a.json', [jobs.media.source]);
  const fault = { calls: ['statfs'], path: 'output$', count: 1, act: 'full' };
  const runner = start(folder, { args: [], fault });
  await logged(runner, 'jobs_released');
  runner.signal('SIGTERM');
  await ended(runner);
}

/** A `run` whose stdout has no room for the result. */
async function loseResult() {
  const file = (await jobs.folder()).path('pending', 'refused.json');
  await writeFile(file, '{}');
  const command = `"$0" ${MAIN} run "$1" ${JSON_LOG.join(' ')} > /dev/full`;
  const { stderr } = await execa('sh', ['-c', command, process.execPath, file], { reject: false });
  collect(stderr);
}

/** Programs after a job, of which one fails, and a journal that can't be read. */
async function tellAfterwards() {
  const folder = await jobs.folder();
  for (const program of ['true', 'false']) {
    await folder.submit(`${program}.json`, ['/not/here.mov']);
    await ended(start(folder, { args: ['--once', '--after-job', `/usr/bin/${program}`] }));
  }
  const args = ['--once', '--after-job', '/usr/bin/true'];
  const fault = { calls: ['readFile'], path: 'after-job\\.jsonl', act: 'EIO' };
  await ended(start(folder, { args, fault }));
}

/** What lies on media, and a record of it that can't be read. */
async function keepInventory() {
  const folder = await jobs.folder();
  const line = { at: '2026-12-01T08:00:00.000+00:00', medium: '/cards/A001', others: { sound: 2 } };
  await writeFile(folder.path('pending', 'a.inventory'), `${JSON.stringify(line)}\n`);
  await ended(start(folder, { args: ['--once'] }));
  const fault = { calls: ['read'], path: 'inventory\\.jsonl$', act: 'EIO' };
  await ended(start(folder, { args: ['--once'], fault }));
}

/** A Resolve that somebody else renders in. */
async function useResolve() {
  const resolve = await StandInResolve.create();
  const { env, scriptApi } = resolve;
  const folder = await jobs.folder();
  const lock = await ResolveLock.tryAcquire(scriptApi);
  const frame = join(dirname(folder.root), 'frame.dng');
  await writeFile(frame, 'undeveloped');
  await folder.submit('raw.json', [frame], { codec: 'dnxhr', container: 'mov' });
  const waiting = start(folder, { env });
  await logged(waiting, 'resolve_awaited');
  waiting.signal('SIGTERM');
  await logged(waiting, 'runner_stopping');
  waiting.signal('SIGTERM');
  await ended(waiting);
  await lock?.release();
  await resolve.remove();
}

beforeAll(async () => {
  await useResolve();
  await workOffEverything();
  await disturb();
  await refuseReads();
  await fillOutputs();
  await loseResult();
  await tellAfterwards();
  await keepInventory();
}, 240_000);

describe('the vocabulary of the log', () => {
  it('is emitted and documented, event for event', async () => {
    const documented = [...(await eventTable()).keys()];
    expect(documented.toSorted()).toEqual(Object.keys(EVENTS).toSorted());
    const emitted = new Set(lines.map(({ event }) => event));
    expect(documented.filter((event) => !emitted.has(event))).toEqual([]);
  });

  it('has exactly the documented level and fields on every line', async () => {
    const table = await eventTable();
    for (const line of lines.filter(({ event }) => event !== 'other')) {
      const { level, fields } = table.get(line.event) ?? { level: 'undocumented', fields: [] };
      expect(line['level']).toBe(level);
      expect(Object.keys(line).toSorted()).toEqual([...ON_EVERY_LINE, ...fields].toSorted());
    }
  });

  it('names job id and worker on every line of a claimed job', () => {
    const claimed = lines.filter(({ event }) =>
      /^clip_|^job_(claimed|routed|completed|failed)/.test(event),
    );
    expect(claimed.length).toBeGreaterThan(10);
    for (const { job, job_id, worker_id } of claimed) {
      expect(job).toMatch(/\.json$/);
      expect(job_id).toEqual(expect.any(String));
      expect(worker_id).toBeGreaterThan(0);
    }
  });
});
