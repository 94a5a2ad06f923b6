import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ffprobeArguments } from '@app/engines';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { JobFolder } from '../support/job-folder.ts';
import type { RunnerProcess } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { withVariables } from '../support/with-variables.ts';

const JOBS = Number(process.env['SOAK_JOBS'] ?? 3000);
const CLIPS = Number(process.env['SOAK_CLIPS'] ?? 10_000);
const BATCH = 250;
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

/** Resident memory in MiB, now and at its highest, and open descriptors of a process. */
async function figures({ pid }: RunnerProcess) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (key: string) =>
    Math.round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  const descriptors = (await readdir(`/proc/${pid}/fd`)).length;
  return { rss: mebibytes('VmRSS'), peak: mebibytes('VmHWM'), descriptors };
}

async function archived(folder: JobFolder, count: number) {
  while ((await folder.names('completed')).length < 2 * count) {
    if ((await folder.names('failed')).length > 0) throw new Error('a job failed');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test(
  `${JOBS} jobs leave memory flat, no descriptor open and no file behind`,
  { timeout: HOUR },
  async () => {
    const folder = await jobs.folder();
    const env = await quickPrograms();
    const args = ['--max-workers', '2', '--log-level', 'error'];
    const runner = jobs.start(folder, { proxy: undefined, args, env });
    const rows = [];
    for (let done = 0; done < JOBS; done += BATCH) {
      for (let job = done; job < done + BATCH; job++)
        await folder.submit(`${job}.json`, [jobs.media.source], { job_id: `job-${job}` });
      await archived(folder, BATCH);
      rows.push({ jobs: done + BATCH, ...(await figures(runner)) });
      expect((await readdir(folder.output)).filter((name) => name.startsWith('.'))).toEqual([]);
      expect(await readdir(folder.path('.runner', 'journals'))).toEqual([]);
      await folder.removeOutputs();
      for (const name of await folder.names('completed')) await rm(folder.path('completed', name));
    }
    console.table(rows);
    const half = rows.slice(rows.length >> 1);
    expect(Math.max(...half.map(({ rss }) => rss))).toBeLessThan(1.25 * (half[0]?.rss ?? 0));
    expect(new Set(half.map(({ descriptors }) => descriptors)).size).toBeLessThanOrEqual(2);
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
  const runner = jobs.start(folder, { proxy: undefined, args: ['--log-level', 'error'], env });
  await archived(folder, 1);
  const seconds = Math.round((performance.now() - started) / 1000);
  const { peak } = await figures(runner);
  const { size } = await stat(folder.path('completed', 'big.result.json'));
  console.table([{ clips: CLIPS, seconds, peak, resultMiB: Math.round(size / 2 ** 20) }]);
  expect((await folder.result()).completed_clips).toBe(CLIPS);
  expect(peak).toBeLessThan(1024);
});
