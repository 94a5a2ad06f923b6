import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ffprobeArguments } from '../../libs/engines/src/media/index.ts';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { JobFolder } from '../support/job-folder.ts';
import { until, type RunnerProcess } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { withVariables } from '../support/with-variables.ts';

const JOBS = Number(process.env['SOAK_JOBS'] ?? 3000);
const CLIPS = Number(process.env['SOAK_CLIPS'] ?? 10_000);
const BATCH = 250;
/** So often figures are taken of one large job, in clips. */
const EACH_CLIPS = 200;
/** Maximum listeners of one signal: a running job has a handful, however many clips it has. */
const MOST_LISTENERS = 20;
/** Pipes and files of the clips that are in work come and go. */
const MOST_DESCRIPTORS_MORE = 40;
const LISTENERS = new URL('../support/count-listeners.mjs', import.meta.url).href;

interface Figures {
  /** Jobs, or clips. */
  done: number;
  rss: number;
  peak: number;
  descriptors: number;
  listeners: number;
}

const HOUR = 3_600_000;
const jobs = useStandInJobs();

/** Programs that answer at once: the runner is what is measured. */
async function quickPrograms(): Promise<Record<string, string>> {
  const base = jobs.base();
  await mkdir(base);
  for (const [name, path, options] of [
    ['PROBE_SOURCE', jobs.media.source, {}],
    ['PROBE_PROXY', jobs.media.proxy, { packets: true }],
  ] as const) {
    const { stdout } = await execa('ffprobe', ffprobeArguments(path, options));
    await writeFile(join(base, name), stdout);
  }
  const support = fileURLToPath(new URL('../support/stand-in/', import.meta.url));
  withVariables(base, 'ffprobe', join(support, 'ffprobe.sh'), {
    PROBE_SOURCE: join(base, 'PROBE_SOURCE'),
    PROBE_PROXY: join(base, 'PROBE_PROXY'),
  });
  withVariables(base, 'ffmpeg', join(support, 'ffmpeg'), { STAND_IN_PROXY: jobs.media.proxy });
  return { PATH: `${base}${delimiter}${process.env['PATH']}` };
}

/** A runner that tells how many listeners its signals have. */
function start(folder: JobFolder, env: Record<string, string>, args: string[]): RunnerProcess {
  const preload = ['--import', LISTENERS];
  const further = { ...env, LISTENERS: join(folder.root, '..', 'listeners') };
  return jobs.start(folder, { proxy: undefined, args, env: further, preload });
}

/** Resident memory in MiB, now and at its highest, open descriptors of a process, and the most listeners of one of its signals. */
async function figures(folder: JobFolder, runner: RunnerProcess) {
  const status = await readFile(`/proc/${runner.pid}/status`, 'utf8');
  const mebibytes = (key: string) =>
    Math.round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  const descriptors = (await readdir(`/proc/${runner.pid}/fd`)).length;
  const listeners = await listenersOf(join(folder.root, '..', 'listeners'), runner);
  return { rss: mebibytes('VmRSS'), peak: mebibytes('VmHWM'), descriptors, listeners };
}

async function listenersOf(path: string, runner: RunnerProcess): Promise<number> {
  await rm(path, { force: true });
  runner.signal('SIGUSR2');
  let text = '';
  await until(async () => (text = await readFile(path, 'utf8').catch(() => '')) !== '');
  return Number(text);
}

async function archived(folder: JobFolder, count: number, each = async () => {}) {
  while ((await folder.names('completed')).length < 2 * count) {
    if ((await folder.names('failed')).length > 0) throw new Error('a job failed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await each();
  }
}

/** Later figures are like earlier ones: what each job or clip left behind would add up. */
function expectFlat(rows: readonly Figures[]) {
  const half = rows.slice(rows.length >> 1);
  const most = (of: (row: Figures) => number) => Math.max(...half.map(of));
  expect(most(({ rss }) => rss)).toBeLessThan(1.25 * (half[0]?.rss ?? 0));
  const first = rows[0]?.descriptors ?? 0;
  expect(most(({ descriptors }) => descriptors)).toBeLessThan(first + MOST_DESCRIPTORS_MORE);
  expect(most(({ listeners }) => listeners)).toBeLessThan(MOST_LISTENERS);
}

test(
  `${JOBS} jobs leave memory flat, no descriptor open and no file behind`,
  { timeout: HOUR },
  async () => {
    const folder = await jobs.folder();
    const env = await quickPrograms();
    const args = ['--max-workers', '2', '--log-level', 'error'];
    const runner = start(folder, env, args);
    const rows: Figures[] = [];
    for (let done = 0; done < JOBS; done += BATCH) {
      for (let job = done; job < done + BATCH; job++)
        await folder.submit(`${job}.json`, [jobs.media.source], { job_id: `job-${job}` });
      await archived(folder, BATCH);
      rows.push({ done: done + BATCH, ...(await figures(folder, runner)) });
      expect((await readdir(folder.output)).filter((name) => name.startsWith('.'))).toEqual([]);
      expect(await readdir(folder.path('.runner', 'journals'))).toEqual([]);
      await folder.removeOutputs();
      for (const name of await folder.names('completed')) await rm(folder.path('completed', name));
    }
    console.table(rows);
    expectFlat(rows);
    runner.signal('SIGTERM');
    expect(await runner.exit()).toBe(0);
  },
);

test(`a job of ${CLIPS} clips is made in bounded memory`, { timeout: HOUR }, async () => {
  const folder = await jobs.folder();
  const env = await quickPrograms();
  const sources = Array.from({ length: CLIPS }, () => jobs.media.source);
  await folder.submit('big.json', sources, { job_id: 'big' });
  const started = performance.now();
  const runner = start(folder, env, ['--log-level', 'error']);
  const rows: Figures[] = [];
  await archived(folder, 1, async () => {
    const done = (await folder.status().catch(() => null))?.active[0]?.clip ?? 0;
    if (done < (rows.at(-1)?.done ?? 0) + EACH_CLIPS) return;
    rows.push({ done, ...(await figures(folder, runner)) });
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  const { peak } = await figures(folder, runner);
  const { size } = await stat(folder.path('completed', 'big.result.json'));
  console.table(rows);
  console.table([{ clips: CLIPS, seconds, peak, resultMiB: Math.round(size / 2 ** 20) }]);
  const result = await folder.result();
  expect(result.completed_clips).toBe(CLIPS);
  expect(result.clips.every(({ pictures }) => pictures.length > 0)).toBe(true);
  expect(peak).toBeLessThan(1024);
  expect(rows.length).toBeGreaterThan(2);
  const [early, late] = [rows[0], rows.at(-1)];
  expect(late?.listeners).toBeLessThan(MOST_LISTENERS);
  expect(late?.descriptors).toBeLessThan((early?.descriptors ?? 0) + MOST_DESCRIPTORS_MORE);
});
