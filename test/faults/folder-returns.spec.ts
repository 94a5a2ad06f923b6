import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, test } from 'vitest';
import { JobFolder } from '../support/job-folder.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { until, type Fault, type RunnerProcess } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();
const mounts: string[] = [];

afterEach(async () => {
  for (const path of mounts.splice(0)) await execa('umount', ['-l', path], { reject: false });
});

const jobsIn = async (folder: JobFolder) =>
  (await folder.names('running')).filter((name) => !name.includes('.result'));

/** Two workers with a job each, which end when `go` is there; a third job waits. */
async function busyFolder(folder: JobFolder, go: string): Promise<RunnerProcess> {
  const runner = jobs.start(folder, {
    args: ['--max-workers', '2'],
    env: { STAND_IN_UNTIL: go },
  });
  for (const name of ['a', 'b', 'c'])
    await folder.submit(`${name}.json`, [jobs.media.source], { job_id: name });
  await until(async () => {
    const active = (await folder.status().catch(() => null))?.active ?? [];
    return active.filter(({ frames }) => (frames ?? 0) > 0).length === 2;
  });
  return runner;
}

/** What must hold once everything is back: true results, an empty `running/`, a truthful status. */
async function expectAtRest(folder: JobFolder, count: number) {
  await until(async () => {
    expect((await jobsIn(folder)).length).toBeLessThanOrEqual(2);
    return (await folder.results().catch(() => [])).length === count;
  });
  const results = await folder.results();
  expect(results.map(({ final_status }) => final_status)).toEqual(results.map(() => 'COMPLETED'));
  await until(async () => (await folder.names('running')).length === 0);
  await until(async () => (await folder.status()).active.length === 0);
  expect((await folder.status()).paused).toBeNull();
}

test('a watch folder that is moved away and back during jobs loses none of their results', async () => {
  const folder = await jobs.folder();
  const go = join(folder.output, 'go');
  const runner = await busyFolder(folder, go);
  const away = `${folder.root}-away`;
  await rename(folder.root, away);
  await runner.logged("the watch folder can't be scanned");
  await writeFile(go, '');
  await runner.logged(/the result of "(a|b).json" can't be archived.*stays in running/);
  await rename(away, folder.root);
  await expectAtRest(folder, 3);
  expect(runner.log).not.toContain('is dropped');
  await folder.submit('a.json', [jobs.media.source], { job_id: 'a-again' });
  await expectAtRest(folder, 4);
});

test('a lock file of which its server knows no more is taken again at once', async () => {
  const folder = await jobs.folder();
  await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
  const fault = {
    calls: ['handle-stat'],
    path: String.raw`\.runner/lock$`,
    count: 1,
    act: 'ESTALE',
  };
  const runner = jobs.start(folder, { fault });
  await runner.exit();
  expect(runner.log).not.toContain("can't be scanned");
  expect((await folder.result()).final_status).toBe('COMPLETED');
});

describe.runIf(isRoot)(`a mount${NEEDS_ROOT}`, () => {
  test.each([
    ['is unmounted and mounted again', true],
    ['goes and comes while jobs go on', false],
  ])('that %s loses no result', async (_, endsMeanwhile) => {
    const base = jobs.base();
    const disk = join(base, 'disk');
    const watch = join(base, 'watch');
    for (const path of [join(disk, 'pending'), watch]) await mkdir(path, { recursive: true });
    const mount = () => execa('mount', ['--bind', disk, watch]);
    await mount();
    mounts.push(watch);
    const folder = await JobFolder.create(base);
    const go = join(base, 'go');
    const runner = await busyFolder(folder, go);
    await execa('umount', ['-l', watch]);
    await runner.logged("the watch folder can't be scanned");
    expect(await readdir(watch), 'nothing is made where the volume was').toEqual([]);
    if (endsMeanwhile) {
      await writeFile(go, '');
      await runner.logged(/the result of "(a|b).json" can't be archived/);
    }
    await mount();
    await runner.logged('The watch folder can be scanned again');
    await writeFile(go, '');
    await expectAtRest(folder, 3);
    expect(runner.log).not.toContain('is dropped');
  });
});

test('what lies in running/ and belongs to no worker is decided at once, while a worker goes on', async () => {
  const folder = await jobs.folder();
  const go = join(folder.output, 'go');
  const runner = jobs.start(folder, { args: [], env: { STAND_IN_UNTIL: go } });
  await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
  await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
  await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
  await rename(folder.path('pending', 'b.json'), folder.path('running', 'b.json'));
  await until(async () => (await folder.names('failed')).includes('b.result.json'));
  expect((await folder.result()).failure_type).toBe('RunnerInterrupted');
  expect(await jobsIn(folder)).toEqual(['a.json']);
  await writeFile(go, '');
  await until(async () => (await folder.names('completed')).includes('a.result.json'));
  expect(runner.isRunning).toBe(true);
});

test('a job that somebody takes out of running/ is dropped, as before, and the next one is made', async () => {
  const folder = await jobs.folder();
  const go = join(folder.output, 'go');
  const runner = jobs.start(folder, { args: [], env: { STAND_IN_UNTIL: go } });
  await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
  await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
  await rm(folder.path('running', 'a.json'));
  await writeFile(go, '');
  await runner.logged('its result is dropped');
  await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
  await until(async () => (await folder.names('completed')).includes('b.result.json'));
  expect(await jobsIn(folder)).toEqual([]);
});

describe('a moment in which storage shows nothing', () => {
  test.each<[string, Fault]>([
    ['its job', { calls: ['lstat'], path: 'running/a\\.json$', count: 1, act: 'ENOENT' }],
    ['itself', { calls: ['read'], path: 'running/a\\.result', count: 1, act: 'EIO' }],
  ])('puts no result aside that decides a job: %s', async (_, fault) => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source]);
    await jobs.start(folder, { args: ['--once'] }).exit();
    for (const name of ['a.json', 'a.result.json'])
      await rename(folder.path('completed', name), folder.path('running', name));
    jobs.start(folder, { fault });
    await expectAtRest(folder, 1);
    expect(await readdir(folder.path('.runner', 'kept')).catch(() => [])).toEqual([]);
  });

  test('gives no job the name of one that is archived', async () => {
    const folder = await jobs.folder();
    await mkdir(folder.path('completed'));
    await writeFile(folder.path('completed', 'a.json'), 'of another job');
    await folder.submit('a.json', [jobs.media.source]);
    const fault = { calls: ['lstat'], path: 'completed/a\\.json$', count: 2, act: 'ENOENT' };
    await jobs.start(folder, { args: ['--once'], fault }).exit();
    expect(await folder.names('completed')).toEqual(['a.2.json', 'a.2.result.json', 'a.json']);
    expect(await readFile(folder.path('completed', 'a.json'), 'utf8')).toBe('of another job');
  });
});
