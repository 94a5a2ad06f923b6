import { mkdir, open, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterEach, describe, expect, test } from 'vitest';
import type { JobFolder } from '../support/job-folder.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();
const mounts: string[] = [];

afterEach(async () => {
  for (const path of mounts.splice(0)) await execa('umount', ['-l', path], { reject: false });
});

async function isMade(folder: JobFolder, id: string): Promise<boolean> {
  const results = await folder.results();
  return results.some(({ job_id, final_status }) => job_id === id && final_status === 'COMPLETED');
}

test('a job file of four terabytes is refused, and the queue goes on', async () => {
  const folder = await jobs.folder();
  await writeFile(folder.path('pending', '.huge'), '');
  await truncate(folder.path('pending', '.huge'), 4 * 1024 ** 4);
  await execa('mv', [folder.path('pending', '.huge'), folder.path('pending', 'a.json')]);
  await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
  const runner = jobs.start(folder, { args: [] });
  await until(() => isMade(folder, 'b'));
  await until(async () => (await folder.names('failed')).length === 2);
  const huge = (await folder.results()).find(({ job_id }) => job_id !== 'b');
  expect(huge?.failure_reason).toMatch(/^Invalid JSON: the file is larger than 8,388,608 bytes/);
  runner.signal('SIGTERM');
  expect(await runner.exit()).toBe(0);
});

test.runIf(isRoot)(
  `a sparse source that declares more than there is room for is refused at once${NEEDS_ROOT}`,
  async () => {
    const folder = await jobs.folder();
    const scratch = join(folder.root, '..', 'scratch');
    await mkdir(scratch);
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', scratch]);
    mounts.push(scratch);
    const source = join(folder.root, '..', 'sparse.dv');
    // The header of raw DV, of which each frame is as long.
    await writeFile(source, Buffer.from([0x1f, 0x07, 0x00, 0xbf]));
    await truncate(source, 1024 ** 3);
    await folder.submit('a.json', [source], { job_id: 'a' });
    const args = ['--once', '--scratch-directory', scratch];
    expect(await jobs.start(folder, { args, proxy: undefined }).exit()).toBe(1);
    expect((await folder.result()).failure_reason).toMatch(
      new RegExp(
        `^No space left on the filesystem of ${scratch}: .* up to \\d\\d MB are kept there`,
      ),
    );
  },
);

test('a writer that goes on rewriting its claimed job holds nobody up', async () => {
  const folder = await jobs.folder();
  const runner = jobs.start(folder, { args: [] });
  await until(async () => (await folder.status().catch(() => null)) !== null);
  const text = JSON.stringify(folder.spec([jobs.media.source], { job_id: 'a' }));
  await writeFile(folder.path('pending', '.a'), text);
  const file = await open(folder.path('pending', '.a'), 'r+');
  await execa('mv', [folder.path('pending', '.a'), folder.path('pending', 'a.json')]);
  const over = new AbortController();
  const writing = (async () => {
    for (let round = 0; !over.signal.aborted; round++) {
      await file.write(`{"half": ${round}`, 0);
      await file.truncate(9 + String(round).length);
      await sleep(50);
    }
    await file.close();
  })();
  await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
  await until(async () => (await folder.names('completed')).includes('b.result.json'));
  over.abort();
  await writing;
  expect(runner.isRunning).toBe(true);
});

describe.runIf(isRoot)(`a full filesystem${NEEDS_ROOT}`, () => {
  async function fullDisk(): Promise<{ folder: JobFolder; full: string }> {
    const folder = await jobs.folder();
    const full = join(folder.output, 'full');
    await mkdir(full);
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', full]);
    mounts.push(full);
    await writeFile(join(full, 'filler'), Buffer.alloc(250_000));
    return { folder, full };
  }

  test('holds the jobs that write there, visibly, and no others; one that is deleted is forgotten', async () => {
    const { folder, full } = await fullDisk();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a', output_directory: full });
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    const runner = jobs.start(folder, { args: ['--http-port', '0'] });
    await until(() => isMade(folder, 'b'));
    await runner.logged(`Some jobs wait: no space left on the filesystem of ${full}`);
    expect(await folder.names('pending')).toEqual(['a.json']);
    await until(async () => (await folder.status()).held?.includes(full) ?? false);
    expect((await folder.status()).paused).toBeNull();
    const port = /served on 127\.0\.0\.1, port (\d+)/.exec(runner.log)?.[1];
    const ready = await fetch(`http://127.0.0.1:${port}/healthz/ready`);
    expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining(full)]);
    const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(await metrics()).toMatch(/^wfr_paused 0$[^]*^wfr_held_jobs 1$/m);
    expect(runner.log).not.toContain('No job is claimed');
    await rm(folder.path('pending', 'a.json'));
    await until(async () => (await folder.status()).held === null);
    await folder.submit('c.json', [jobs.media.source], { job_id: 'c' });
    await until(() => isMade(folder, 'c'));
  });

  test('holds a job with a byte order mark too, and makes it once there is space', async () => {
    const { folder, full } = await fullDisk();
    const fields = { job_id: 'a', output_directory: full };
    await folder.drop(
      'a.json',
      `\uFEFF${JSON.stringify(folder.spec([jobs.media.source], fields))}`,
    );
    const once = jobs.start(folder);
    expect(await once.exit()).toBe(0);
    expect(await folder.names('pending')).toEqual(['a.json']);
    await rm(join(full, 'filler'));
    expect(await jobs.start(folder).exit()).toBe(0);
    expect(await isMade(folder, 'a')).toBe(true);
  });

  test('outside the roots, or named by a job that breaks the contract, holds nothing', async () => {
    const { folder, full } = await fullDisk();
    const fields = { job_id: 'a', output_directory: full };
    await folder.submit('a.json', [jobs.media.source], fields);
    await folder.submit('b.json', [jobs.media.source], { ...fields, codec: 'none' });
    const root = join(folder.root, 'allowed');
    await mkdir(root);
    await jobs.start(folder, { args: ['--once', '--allow-output-root', root] }).exit();
    const types = (await folder.results()).map(({ failure_type }) => failure_type);
    expect(new Set(types)).toEqual(new Set(['JobSpecValidationError', 'PathNotAllowedError']));
  });
});

test('a share that does not say how full it is delays nobody but its own job', async () => {
  const folder = await jobs.folder();
  const hung = join(folder.output, 'hung');
  await mkdir(hung);
  await folder.submit('a.json', [jobs.media.source], { job_id: 'a', output_directory: hung });
  await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
  const fault = { calls: ['statfs'], path: '/hung$', act: 'hang' };
  jobs.start(folder, { args: [], fault });
  await until(() => isMade(folder, 'b'));
  await until(async () => (await folder.results()).length === 2);
  const a = (await folder.results()).find(({ job_id }) => job_id === 'a');
  expect(a?.failure_reason).toContain('the storage does not answer');
});

describe.runIf(isRoot)(`--once beside a job that it may not read${NEEDS_ROOT}`, () => {
  test('ends when everything else is done, and does not wait', async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const fault = { calls: ['read'], path: 'pending/b.json', act: 'EACCES' };
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    const args = ['--once', '--settle-seconds', '1000'];
    const runner = jobs.start(folder, { args, fault });
    expect(await runner.exit()).toBe(1);
    expect(runner.log).toContain('"b.json" is left in pending/');
    expect(await isMade(folder, 'a')).toBe(true);
  });
});

test(
  'a runner that is suspended for longer than the stall time does not take its encoder for stalled',
  { tags: ['night'] },
  async () => {
    const folder = await jobs.folder();
    await folder.submit('a.json', [jobs.media.source], { job_id: 'a' });
    const args = ['--stall-timeout-seconds', '6'];
    const runner = jobs.start(folder, { args, env: { STAND_IN_SECONDS: '8' } });
    await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
    await until(async () => (await runner.descendants()).length > 0);
    runner.signal('SIGSTOP');
    await until(async () => (await runner.descendants()).length === 0);
    runner.signal('SIGCONT');
    await until(async () => (await folder.results()).length === 1);
    expect((await folder.result()).failure_type).toBeNull();
  },
);

test('JobSpecs that lie where nobody looks for them are named once', async () => {
  const folder = await jobs.folder();
  await mkdir(folder.path('completed'));
  for (const path of [join(folder.root, 'lost.json'), folder.path('completed', 'early.json')])
    await writeFile(path, JSON.stringify(folder.spec([jobs.media.source])));
  const runner = jobs.start(folder, { args: [] });
  await runner.logged(`"early.json" in "${folder.path('completed')}" will not be run`);
  expect(runner.log.match(/will not be run/g)).toHaveLength(2);
  expect(runner.log).toContain(`"lost.json" in "${folder.root}" will not be run`);
});
