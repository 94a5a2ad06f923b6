import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, test } from 'vitest';
import { filterFiles } from '../../libs/engines/src/ffmpeg/burn-in-graph.ts';
import { writeTables } from '../../apps/runner/src/ffmpeg/look-files.ts';
import { ShowLut } from '../../libs/engines/src/look/look.ts';
import { type VideoPlan } from '../../libs/engines/src/proxy/plan/proxy-plan.ts';
import { cli } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeSource } from '../support/media.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();
const mounts: string[] = [];
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];

afterEach(async () => {
  for (const path of mounts.splice(0)) await execa('umount', ['-l', path]);
});

/** A file system of its own in memory. */
async function mountSmall(path: string, size: string) {
  await mkdir(path, { recursive: true });
  await execa('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', path]);
  mounts.push(path);
  return path;
}

async function remount(path: string, option: string) {
  await execa('mount', ['-o', `remount,${option}`, path]);
}

describe.runIf(isRoot)(`real file systems${NEEDS_ROOT}`, () => {
  test('a disk that is full while encoding fails the clip, pauses, and goes on when there is space', async () => {
    const base = jobs.base();
    // Of what fills it, the proxy stays. What was told of its source goes, and must leave the disk full.
    const output = await mountSmall(join(base, 'full'), '8m');
    const source = await makeSource(base, 'large.mov', { width: 1280, height: 720, frames: 10 });
    await writeFile(join(output, 'filler'), Buffer.alloc(8 * 1024 * 1024 - 700_000));
    const folder = await JobFolder.create(base, output);
    const large = { codec: 'prores_hq', container: 'mov' };
    await folder.submit('a.json', [source], { job_id: 'a', ...large });
    await folder.submit('b.json', [source], { job_id: 'b', ...large });
    const runner = jobs.start(folder, { args: [], proxy: undefined });
    await runner.logged('Some jobs wait: no space left on the filesystem of');
    await until(async () => (await folder.status()).held?.includes(output) ?? false);
    const failed = await folder.result();
    expect(failed.failure_reason).toBe(`No space left on the filesystem of ${output}`);
    expect(await folder.names('pending')).toEqual(['b.json']);
    await rm(join(output, 'filler'));
    await until(async () => (await folder.names('completed')).length === 2);
    await until(async () => (await folder.status()).held === null);
    expect(runner.log).not.toContain('No job is claimed');
  });

  test('what is compared lies in the scratch directory, and a clip that it has no room for waits', async () => {
    const base = jobs.base();
    const scratch = await mountSmall(join(base, 'scratch'), '1m');
    const folder = await JobFolder.create(base);
    const goOn = join(base, 'go-on');
    const env = { STAND_IN_UNTIL: goOn };
    const start = () =>
      jobs.start(folder, { args: ['--once', '--scratch-directory', scratch], env });
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const made = start();
    await until(async () => (await readdir(scratch)).some((name) => name.startsWith('.wfr-')));
    expect(await readdir(folder.output)).toHaveLength(1);
    await writeFile(goOn, '');
    expect(await made.exit()).toBe(0);
    expect(await readdir(scratch)).toEqual([]);
    // The pages of a tmpfs are 4 kB: 56 are left, of which 52 must stay, and the clip needs 9.
    await writeFile(join(scratch, 'filler'), Buffer.alloc((1024 - 56) * 1024));
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    const begun = start();
    await begun.logged(
      `a clip of "b.json" waits: No space left on the filesystem of ${scratch}: up to 1 MB `,
    );
    expect(await folder.names('running')).toEqual(['b.json']);
    await rm(join(scratch, 'filler'));
    expect(await begun.exit()).toBe(0);
    expect(begun.log.match(/"b.json" (waits|goes on)/g)).toEqual([
      '"b.json" waits',
      '"b.json" goes on',
    ]);
    await writeFile(join(scratch, 'filler'), Buffer.alloc((1024 - 32) * 1024));
    await folder.submit('c.json', [jobs.media.source], { job_id: 'c' });
    const waiting = start();
    await waiting.logged(`the scratch directory ${scratch} has no space left`);
    await waiting.exit();
    expect(await folder.names('pending')).toEqual(['c.json']);
  });

  test('a clip for which a disk will never have room is not begun', async () => {
    const base = jobs.base();
    const scratch = await mountSmall(join(base, 'scratch'), '4k');
    const folder = await JobFolder.create(base);
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const args = ['--once', '--scratch-directory', scratch];
    expect(await jobs.start(folder, { args }).exit()).toBe(1);
    expect((await folder.result()).failure_reason).toMatch(
      new RegExp(`^No space left on the filesystem of ${scratch}: .* 1 MB `),
    );
    expect(await folder.names('output')).toEqual([]);
  });

  describe('a disk that is filled while a clip is made', () => {
    /** Begins a clip, and fills the disk of what it is compared with. */
    async function fill(disk: 'watch' | 'scratch') {
      const base = jobs.base();
      const full = await mountSmall(join(base, disk), '8m');
      const folder = await JobFolder.create(base);
      const source = join(base, 'noise.mkv');
      const noise = 'color=gray:size=640x360:rate=25:duration=10,noise=alls=60:allf=t';
      const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '40'];
      await execa('ffmpeg', ['-f', 'lavfi', '-i', noise, ...coded, source]);
      await folder.submit('a.json', [source], { job_id: 'a' });
      const asked = disk === 'scratch' ? ['--scratch-directory', full] : [];
      const args = ['--shutdown-grace-seconds', '0', ...asked];
      const runner = jobs.start(folder, { args, proxy: undefined });
      const scratch = disk === 'scratch' ? full : folder.path('.runner', 'scratch');
      const isBegun = async () => {
        const names = await readdir(scratch).catch(() => []);
        const name = names.find((one) => one.startsWith('.wfr-')) ?? '';
        const pictures = join(scratch, name, 'pictures.nut');
        return stat(pictures).then(
          ({ size }) => size > 0,
          () => false,
        );
      };
      await until(isBegun);
      const filler = join(full, 'filler');
      await writeFile(filler, Buffer.alloc(8 * 1024 * 1024)).catch(() => undefined);
      // In the watch folder's stead there is room beside the proxy: only the result may have to wait.
      await runner.logged(
        disk === 'scratch'
          ? 'a clip of "a.json" waits: No space left on the filesystem of'
          : /"a.json" (COMPLETED|FAILED|waits|can't be archived)/,
      );
      return { folder, runner, filler, scratch };
    }

    test.each(['watch', 'scratch'] as const)(
      'loses nothing of it: the clip waits, and is made within its job (%s)',
      async (disk) => {
        const { folder, runner, filler } = await fill(disk);
        expect(await folder.names('failed')).toEqual([]);
        await rm(filler);
        await until(async () => (await folder.names('completed')).length === 2);
        const { final_status, clips } = await folder.result();
        expect(final_status).toBe('COMPLETED');
        expect(clips[0]?.verification.every(({ passed }) => passed)).toBe(true);
        const waits = runner.log.match(/"a.json" (waits|goes on)/g) ?? [];
        expect(waits).toEqual(disk === 'scratch' ? ['"a.json" waits', '"a.json" goes on'] : []);
        await until(async () => (await folder.status()).paused === null);
      },
    );

    test('ends the clip at a stop as any other', async () => {
      const { folder, runner, scratch } = await fill('scratch');
      expect(await readdir(scratch)).toEqual(['filler']);
      await until(async () => (await folder.status()).paused?.includes('"a.json" waits') ?? false);
      runner.signal('SIGTERM');
      await runner.exit();
      expect((await folder.result()).failure_type).toBe('RunnerInterrupted');
    });
  });

  test('a clip that goes on for longer than anything says ends before it takes all of a disk', async () => {
    const base = jobs.base();
    const scratch = await mountSmall(join(base, 'scratch'), '3m');
    const folder = await JobFolder.create(base);
    const source = join(base, 'endless.mkv');
    const noise = 'color=gray:size=320x240:rate=25:duration=34,noise=alls=100:allf=t';
    const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '40'];
    await execa('ffmpeg', ['-f', 'lavfi', '-i', noise, ...coded, '-live', '1', source]);
    await folder.submit('a.json', [source], { job_id: 'a' });
    const args = ['--once', '--scratch-directory', scratch];
    expect(await jobs.start(folder, { args, proxy: undefined }).exit()).toBe(1);
    const { failure_type, failure_reason } = await folder.result();
    expect(failure_type).toBe('EngineError');
    expect(failure_reason).toMatch(
      new RegExp(`has grown to 2 MB in ${scratch}, which is more than half of what was free`),
    );
    expect(await readdir(scratch)).toEqual([]);
  });

  test('what is compared lies in the watch folder, and beside the proxy where there is no room', async () => {
    const base = jobs.base();
    const watch = await mountSmall(join(base, 'watch'), '1m');
    const folder = await JobFolder.create(base);
    const make = async (name: string) => {
      const goOn = join(base, `${name}.go-on`);
      await folder.submit(`${name}.json`, [jobs.media.source], { job_id: name });
      const made = jobs.start(folder, { env: { STAND_IN_UNTIL: goOn } });
      const places = async () => [
        ...(await readdir(folder.path('.runner', 'scratch')).catch(() => [])).map(
          () => 'watch folder',
        ),
        ...(await readdir(folder.output)).flatMap((one) =>
          one.endsWith('.partial') ? ['beside'] : [],
        ),
      ];
      await until(async () => (await places()).length > 0);
      const before = await places();
      await writeFile(goOn, '');
      expect(await made.exit()).toBe(0);
      expect(await places()).toEqual([]);
      return before;
    };
    expect(await make('a')).toEqual(['watch folder']);
    // Of 1 MiB, 52 kB must stay; the job and its result need some, and the clip 9.
    const { bavail, bsize } = await statfs(watch);
    await writeFile(join(watch, 'filler'), Buffer.alloc(bavail * bsize - 66 * 1024));
    expect(await make('b')).toEqual(['beside']);
  });

  test('a disk that is full already fails no job, however often the runner is started', async () => {
    const base = jobs.base();
    const output = await mountSmall(join(base, 'full'), '256k');
    await writeFile(join(output, 'filler'), Buffer.alloc(250_000));
    const folder = await JobFolder.create(base, output);
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    for (const start of [1, 2]) {
      const once = jobs.start(folder);
      await once.exit();
      expect([start, once.log]).toContainEqual(
        expect.stringContaining(`Some jobs wait: no space left on the filesystem of ${output}`),
      );
    }
    expect(await folder.names('pending')).toEqual(['a.json']);
    await rm(join(output, 'filler'));
    expect(await jobs.start(folder).exit()).toBe(0);
    expect((await folder.result()).final_status).toBe('COMPLETED');
  });

  test('a table of a look is not begun where it finds no room', async () => {
    const disk = await mountSmall(join(jobs.base(), 'looks'), '3m');
    const levels = { black: 0, white: 4095, max: 4095 };
    const lutOf = (size: number) =>
      new ShowLut('', {
        curves: null,
        cube: {
          size,
          domain: { min: [0, 0, 0], max: [1, 1, 1] },
          values: new Float32Array(3 * size ** 3).fill(0.5),
        },
      });
    const write = (size: number, tablesFolder: string) => {
      const look = { cdl: null, lut: lutOf(size), levels: 'data', tablesFolder };
      const plan = { look: { look, from: levels, to: levels }, burnIn: null };
      return writeTables(filterFiles(plan as unknown as VideoPlan));
    };
    const folder = join(disk, 'of jobs', 'looks');
    await mkdir(dirname(folder));
    await write(17, folder);
    expect(await readdir(folder)).toHaveLength(2);
    const full = { directory: folder, facts: { code: 'no_space' } };
    await expect(write(65, folder)).rejects.toMatchObject(full);
    expect((await readdir(folder)).filter((name) => name.includes('.tmp'))).toEqual([]);
    expect(await statfs(disk).then(({ bavail, bsize }) => bavail * bsize)).toBeGreaterThan(2e6);
  });

  test('a watch folder without space keeps its jobs in pending/ until there is some', async () => {
    const base = jobs.base();
    const watch = await mountSmall(join(base, 'watch'), '512k');
    const folder = await JobFolder.create(base);
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const { bavail, bsize } = await statfs(watch);
    await writeFile(join(watch, 'filler'), Buffer.alloc((bavail - 4) * bsize));
    const runner = jobs.start(folder, { args: [] });
    await runner.logged(`No job is claimed: no space left on the filesystem of ${watch}`);
    expect(await folder.names('pending')).toEqual(['a.json']);
    await rm(join(watch, 'filler'));
    await until(async () => (await folder.names('completed')).length === 2);
  });

  test('a result that finds no space or a read-only folder stays decided in running/ until it can be written', async () => {
    const base = jobs.base();
    const watch = await mountSmall(join(base, 'watch'), '1m');
    const folder = await JobFolder.create(base);
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const runner = jobs.start(folder, { args: [], env: { STAND_IN_SECONDS: '1' } });
    await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
    await writeFile(join(watch, 'filler'), Buffer.alloc(2_000_000)).catch(() => undefined);
    await folder.submit('b.json', [jobs.media.source]).catch(() => undefined);
    await runner.logged(
      /(the result of "a.json" can't be archived|a clip of "a.json" waits): .*no space left/i,
    );
    expect(await folder.names('running')).toContain('a.json');
    await rm(join(watch, 'filler'));
    await until(async () => (await folder.results()).some(({ job_id }) => job_id === 'a'));
    expect(await folder.names('running')).not.toContain('a.json');
  });

  test('an output folder that becomes read-only is named', async () => {
    const base = jobs.base();
    const output = await mountSmall(join(base, 'out'), '2m');
    const folder = await JobFolder.create(base, output);
    await remount(output, 'ro');
    await folder.submit('a.json', [jobs.media.source]);
    expect(await jobs.start(folder).exit()).toBe(1);
    const { failure_type, failure_reason } = await folder.result();
    expect(failure_type).toBe('OutputDirectoryError');
    expect(failure_reason).toBe(`Output directory is not writable: ${output}`);
  });

  test('a watch folder that becomes read-only keeps its jobs, says so, and works when it is back', async () => {
    const base = jobs.base();
    const watch = await mountSmall(join(base, 'watch'), '4m');
    const folder = await JobFolder.create(base);
    const runner = jobs.start(folder, { args: [] });
    await until(async () => (await folder.status().catch(() => null)) !== null);
    await folder.submit('a.json', [jobs.media.source]);
    await remount(watch, 'ro').catch(() => undefined);
    await until(() => !runner.isRunning || /read-only file system|completed/i.test(runner.log));
    expect(runner.isRunning).toBe(true);
    await remount(watch, 'rw');
    await until(async () => (await folder.results()).length === 1);
  });

  test('a job that may not be read stays in pending/ and makes --once fail, by name', async () => {
    const base = jobs.base();
    const folder = await JobFolder.create(base);
    await chmod(base, 0o755);
    for (const path of [folder.root, folder.path('pending'), folder.output])
      await chown(path, 65_534, 65_534);
    await folder.submit('secret.json', [jobs.media.source]);
    await chmod(folder.path('pending', 'secret.json'), 0o600);
    await folder.submit('open.json', [jobs.media.source], { job_id: 'open' });
    await chmod(join(base, '..'), 0o755);
    const runner = jobs.start(folder, { prefix: NOBODY });
    expect(await runner.exit()).toBe(1);
    expect(runner.log).toMatch(
      /"secret.json" stays in pending\/, it can't be claimed: permission denied/,
    );
    expect((await folder.result()).final_status).toBe('COMPLETED');
    expect(await folder.names('pending')).toEqual(['secret.json']);
  });

  test('a job that can not be archived pauses claims, is told and tried again', async () => {
    const base = jobs.base();
    const folder = await JobFolder.create(base);
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    for (const path of [base, join(base, '..')]) await chmod(path, 0o755);
    for (const path of [folder.root, folder.path('pending'), folder.output])
      await chown(path, 65_534, 65_534);
    await mkdir(folder.path('running'));
    // Others move files into it, and out of it only their own.
    await chmod(folder.path('running'), 0o1777);
    const runner = jobs.start(folder, { args: [], prefix: NOBODY });
    const reason = /^the result of "a.json" can't be archived: operation not permitted/;
    await until(async () => reason.test((await folder.status().catch(() => null))?.paused ?? ''));
    expect(await folder.names('running')).toEqual(['a.json', 'a.result.json']);
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    await chown(folder.path('pending', 'b.json'), 65_534, 65_534).catch(() => undefined);
    const { stdout } = await cli(['status', folder.root]);
    expect(stdout).toContain(`The runner says: the result of "a.json" can't be archived: `);
    await chown(folder.path('running', 'a.json'), 65_534, 65_534);
    await runner.logged('Jobs are claimed again');
    await until(async () => (await folder.names('completed')).includes('b.result.json'));
    expect(await folder.names('completed')).toContain('a.result.json');
    expect((await folder.names('running')).filter((name) => name.includes('.json'))).toEqual([]);
    expect(runner.log.match(/can't be archived/g)).toHaveLength(2);
  });
});

test('an output folder that is removed during a clip fails it in plain words', async () => {
  const folder = await jobs.folder();
  await folder.submit('a.json', [jobs.media.source]);
  const runner = jobs.start(folder, { env: { STAND_IN_SECONDS: '1' } });
  await until(async () => (await readdir(folder.output)).length > 0);
  await rename(folder.output, `${folder.output}-moved`);
  expect(await runner.exit()).toBe(1);
  const { final_status, failure_type, failure_reason } = await folder.result();
  expect(failure_type).toBe('OutputDirectoryError');
  expect(failure_reason).toBe(`Output directory does not exist: ${folder.output}`);
  expect(final_status).toBe('FAILED');
});

test('a watch folder that is moved away is reported, and works again when it is back', async () => {
  const folder = await jobs.folder();
  const runner = jobs.start(folder, { args: [] });
  await until(async () => (await folder.status().catch(() => null)) !== null);
  await rename(folder.root, `${folder.root}-away`);
  await runner.logged("the watch folder can't be scanned: no such file or directory");
  await rename(`${folder.root}-away`, folder.root);
  await folder.submit('a.json', [jobs.media.source]);
  await until(async () => (await folder.names('completed')).length === 2);
  expect(runner.log).toContain('The watch folder can be scanned again');
});

test('a runner whose lock was deleted and taken by another ends its job and exits with 3', async () => {
  const folder = await jobs.folder();
  await folder.submit('a.json', [jobs.media.source]);
  const first = jobs.start(folder, { args: [], env: { STAND_IN: 'hang' } });
  await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
  // The first would take the lock again, if it looked before the second is there.
  process.kill(first.pid, 'SIGSTOP');
  await rm(folder.path('.runner'), { recursive: true, maxRetries: 20 });
  const second = jobs.start(folder, { args: [] });
  await until(async () => (await folder.status().catch(() => null))?.pid === second.pid);
  process.kill(first.pid, 'SIGCONT');
  expect(await first.exit()).toBe(3);
  expect(first.log).toContain('Another runner already works on');
  await until(async () => (await folder.results()).length === 1);
  expect((await folder.result()).failure_type).toBe('RunnerInterrupted');
  expect(await first.descendants()).toEqual([]);
  expect(second.isRunning).toBe(true);
});

test('a watch folder that was replaced is locked anew before a job is taken from it', async () => {
  const folder = await jobs.folder();
  const first = jobs.start(folder, { args: [] });
  await until(async () => (await folder.status().catch(() => null)) !== null);
  process.kill(first.pid, 'SIGSTOP');
  await rename(folder.root, `${folder.root}-old`);
  await mkdir(folder.path('pending'), { recursive: true });
  const second = jobs.start(folder, { args: [] });
  await until(async () => (await folder.status().catch(() => null))?.pid === second.pid);
  process.kill(first.pid, 'SIGCONT');
  await first.logged(`Another runner already works on "${folder.root}"`);
  await folder.submit('a.json', [jobs.media.source]);
  await until(async () => (await folder.names('completed')).length === 2);
  expect((await folder.result()).final_status).toBe('COMPLETED');
  expect(first.log).not.toContain('claimed by');
  expect(await first.exit()).toBe(3);
});

test('a runner whose folder another one has taken, because it was cut off for long, ends', async () => {
  const folder = await jobs.folder();
  const env = { STAND_IN: 'hang' };
  const runner = jobs.start(folder, { args: ['--shutdown-grace-seconds', '0'], env });
  await folder.submit('a.json', [jobs.media.source]);
  await until(async () => (await folder.names('running')).length === 1);
  await writeFile(folder.path('.runner', 'holder'), 'host elsewhere, pid 7, started then\n');
  await runner.logged('works on');
  expect(await runner.exit()).toBe(3);
  expect(await folder.names('running')).toEqual(['a.json']);
  expect(await folder.names('failed')).toEqual([]);
});

test('a runner takes its folder again when another one has had it and has left it', async () => {
  const folder = await jobs.folder();
  const runner = jobs.start(folder, { args: [] });
  await until(async () => (await folder.status().catch(() => null)) !== null);
  const holder = folder.path('.runner', 'holder');
  const name = await readFile(holder, 'utf8');
  await rm(holder);
  await until(async () => (await readFile(holder, 'utf8').catch(() => '')) === name);
  await folder.submit('a.json', [jobs.media.source]);
  await until(async () => (await folder.names('completed')).length === 2);
  runner.signal('SIGTERM');
  expect(await runner.exit()).toBe(0);
  await expect(stat(holder)).rejects.toThrow('ENOENT');
});

describe('where a step fails', () => {
  test.each([
    [
      'the fsync after a claim',
      { calls: ['sync'], path: 'watch/pending$', act: 'EIO' },
      'COMPLETED',
    ],
    [
      'the read after a claim',
      { calls: ['read'], path: 'running/a.json', act: 'EIO' },
      'COMPLETED',
    ],
    [
      'the journal',
      { calls: ['write'], path: 'journals/', act: 'EIO' },
      "The runner can't write to its own folder",
    ],
    [
      'the journal for want of space',
      { calls: ['write'], path: 'journals/', count: 2, act: 'ENOSPC' },
      'COMPLETED',
    ],
    [
      'the fsync of the proxy',
      { calls: ['sync'], path: 'partial', act: 'EIO' },
      'The output could not be written',
    ],
    [
      'the fsync of its name',
      { calls: ['sync'], path: 'output$', act: 'EIO' },
      'The output could not be written',
    ],
  ])('%s, the job ends truthfully', async (_, fault, ending) => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    await jobs.start(folder, { fault }).exit();
    const result = await folder.result();
    expect(result.failure_reason ?? result.final_status).toMatch(new RegExp(ending));
    const published = (await readdir(folder.output)).filter((name) => !name.startsWith('.'));
    expect(published).toHaveLength(result.completed_clips);
  });

  test.each([
    ['can not sync directories', { calls: ['sync'], path: '(output|watch/\\w+)$', act: 'EINVAL' }],
    [
      'loses the answer to a link that was made',
      { calls: ['link'], path: 'partial', when: 'after', act: 'EEXIST' },
    ],
    [
      'has no hard links between two parts of a tree',
      { calls: ['link'], path: 'partial', act: 'EXDEV' },
    ],
    [
      'takes no record of a clip that is made for a while',
      { calls: ['write'], path: 'journals/', nth: 2, count: 2, act: 'EIO' },
    ],
    [
      'is full for a while when a clip that is made is recorded',
      { calls: ['datasync'], path: 'journals/', nth: 2, count: 2, act: 'ENOSPC' },
    ],
  ] as const)('a clip is published though its file system %s', async (_, fault) => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const calls = [...fault.calls];
    const runner = jobs.start(folder, { fault: { ...fault, calls } });
    expect(await runner.exit()).toBe(0);
    expect((await folder.result()).final_status).toBe('COMPLETED');
    expect(await folder.names('output')).toEqual(['a-000.mp4']);
    expect(runner.log.match(/can't sync directories/g)?.length ?? 0).toBe(
      fault.act === 'EINVAL' ? 1 : 0,
    );
  });

  test('no job is claimed while a clip that is made waits', async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const fault = { calls: ['datasync'], path: 'journals/a.json', nth: 2, count: 6, act: 'ENOSPC' };
    const runner = jobs.start(folder, { args: ['--max-workers', '2'], fault });
    await runner.logged('waits');
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    await runner.logged('No job is claimed: a clip of "a.json" waits');
    const reason = 'a clip of "a.json" waits';
    await until(async () => (await folder.status()).paused?.startsWith(reason) ?? false);
    const { active } = await folder.status();
    expect(active.map(({ name }) => name)).toEqual(['a.json']);
    expect(await folder.names('pending')).toEqual(['b.json']);
    await until(async () => (await folder.results()).length === 2);
    for (const { final_status } of await folder.results()) expect(final_status).toBe('COMPLETED');
    await until(async () => (await folder.status()).paused === null);
  });

  test('a clip that waits to be recorded ends at a stop, and is kept', async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const fault = { calls: ['datasync'], path: 'journals/', nth: 2, act: 'EROFS' };
    const runner = jobs.start(folder, { args: ['--shutdown-grace-seconds', '0'], fault });
    await runner.logged('waits');
    runner.signal('SIGTERM');
    await runner.exit();
    const { failure_type, clips } = await folder.result();
    expect(failure_type).toBe('RunnerInterrupted');
    expect(await folder.names('output')).toEqual([basename(clips[0]?.partial_output_path ?? '')]);
  });

  const noLinks = `import fs from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module';
    fs.link = async () => { throw Object.assign(new Error('EPERM'), { code: 'EPERM' }); };
    syncBuiltinESMExports();`;
  const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(noLinks)}` };

  test('where it has no hard links, a proxy whose name may not last keeps its other one', async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const fault = { calls: ['sync'], path: 'output$', act: 'EIO' };
    expect(await jobs.start(folder, { env, fault }).exit()).toBe(1);
    const [clip] = (await folder.result()).clips;
    expect(clip).toMatchObject({ status: 'FAILED', output_exists: false });
    expect(await readdir(folder.output)).toEqual([basename(clip?.partial_output_path ?? '')]);
  });

  test('a file system without hard links publishes by reservation, and a crash leaves no empty file', async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const fault = { calls: ['rename'], path: 'output/', act: 'kill' };
    await jobs.start(folder, { env, fault }).exit();
    expect(await readdir(folder.output)).toContain('a-000.mp4');
    expect(await jobs.start(folder, { env }).exit()).toBe(1);
    expect(await readdir(folder.output)).toEqual([]);
    await folder.submit('b.json', [jobs.media.source], { job_id: 'a' });
    expect(await jobs.start(folder, { env }).exit()).toBe(0);
    expect(await readdir(folder.output)).toEqual(['a-000.mp4']);
  });
});
