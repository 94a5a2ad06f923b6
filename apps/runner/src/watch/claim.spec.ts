import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse, watch } from '../../../../test/support/refusals.ts';
import { RunnerSettings } from '../config/settings.ts';
import { openNamed } from '../../../../libs/storage/src/files/regular-file.ts';
import { readJobFile } from '../../../../libs/storage/src/watch-folder/job-file.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { type ClaimedJob, claimJob } from './claim.ts';
import { CompletenessWatch } from './completeness-watch.ts';
import type { FullOutputGate } from './full-output-gate.ts';
import { isNameBusy } from '@app/storage';

const SPEC = '{"job_id":"a"}';

let base = '';
let folder: WatchFolder;
let completeness: CompletenessWatch;

/** No output filesystem is full, unless a test says so. */
const roomy = { stillHolds: async () => false, holds: async () => false };
const claim = (name = 'a.json', outputs: Partial<typeof roomy> = {}) =>
  claimJob(folder, name, completeness, { ...roomy, ...outputs } as unknown as FullOutputGate);
const drop = (text: string, name = 'a.json') => writeFile(join(folder.pending, name), text);
const claimed = (job: unknown) => job as ClaimedJob;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wfr-'));
  folder = new WatchFolder(base);
  for (const path of [folder.pending, folder.running]) await mkdir(path);
  const settings = Object.assign(new RunnerSettings(), { settleSeconds: 1000 });
  completeness = new CompletenessWatch(settings);
});
afterEach(async () => {
  await rm(base, { recursive: true });
});

describe('a complete job', () => {
  it('is moved out of pending/ in one step, and its bytes are the ones that were judged', async () => {
    await drop(SPEC);
    const { ino } = await stat(join(folder.pending, 'a.json'));
    const job = claimed(await claim());
    expect(job).toMatchObject({ name: 'a.json', path: join(folder.running, 'a.json') });
    expect(await readdir(folder.pending)).toEqual([]);
    expect((await stat(job.path)).ino).toBe(ino);
    expect((await job.read()).reading).toMatchObject({ jobId: 'a', isComplete: true });
  });

  it('survives a power cut from the moment it is read: in running/ first, then out of pending/', async () => {
    const synced: string[] = [];
    watch('open', async (go, path) => {
      const file = (await go()) as { sync: () => Promise<void> };
      const sync = file.sync.bind(file);
      file.sync = () => sync().then(() => void synced.push(String(path)));
      return file;
    });
    await drop(SPEC);
    await claimed(await claim()).read();
    expect(synced).toEqual([folder.running, folder.pending]);
  });

  it('is made where its folder can not be made durable', async () => {
    await drop(SPEC);
    const job = claimed(await claim());
    refuse('open', 'EIO', (path) => path === folder.running);
    expect((await job.read()).reading.jobId).toBe('a');
  });

  it('is what its writer has made of it by the time it is read', async () => {
    await drop(SPEC);
    const job = claimed(await claim());
    await writeFile(job.path, '{"job_id":"b"}');
    expect((await job.read()).reading.jobId).toBe('b');
  });

  it('is what was judged where it can not be read any more', async () => {
    await drop(SPEC);
    const job = claimed(await claim());
    await rm(job.path);
    expect((await job.read()).reading.jobId).toBe('a');
  });

  it('that is being rewritten is read as it is', async () => {
    await drop(SPEC);
    const job = claimed(await claim());
    await writeFile(job.path, '{"job_id":');
    expect((await job.read()).reading.isComplete).toBe(false);
  });
});

describe('a job stays in pending/', () => {
  it('while it is incomplete', async () => {
    await drop('{"job_id":');
    expect(await claim()).toBe('incomplete');
    expect(await readdir(folder.pending)).toEqual(['a.json']);
  });

  it('while its output filesystem is full, as it is known or as it is found', async () => {
    await drop(SPEC);
    expect(await claim('a.json', { stillHolds: async () => true })).toBe('held');
    expect(await claim('a.json', { holds: async () => true })).toBe('held');
    expect(await readdir(folder.pending)).toEqual(['a.json']);
  });

  it('where it can not be moved', async () => {
    await drop(SPEC);
    await rm(folder.running, { recursive: true });
    await expect(claim()).rejects.toThrow('ENOENT');
    expect(await readFile(join(folder.pending, 'a.json'), 'utf8')).toBe(SPEC);
  });
});

describe('what is put in the place of a file between the look at it and the claim', () => {
  /** Claims, and lets somebody act at that moment. */
  const claimWhile = async (act: (path: string) => Promise<void>) => {
    await drop(SPEC);
    const path = join(folder.pending, 'a.json');
    return claim('a.json', { holds: () => act(path).then(() => false) });
  };

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['a directory', (path) => mkdir(path)],
    ['a symbolic link to a file', (path) => symlink(join(base, 'private'), path)],
  ])('%s is nobody’s job', async (_, make) => {
    await writeFile(join(base, 'private'), SPEC);
    const taken = await claimWhile(async (path) => {
      await rm(path);
      await make(path);
    });
    expect(taken).toBe('foreign');
    expect(await readdir(folder.running)).toEqual(['a.json']);
  });

  it('another file is the job', async () => {
    const other = join(base, 'other');
    await writeFile(other, '{"job_id":"b"}');
    const job = claimed(await claimWhile((path) => rename(other, path)));
    expect((await job.read()).reading.jobId).toBe('b');
  });
});

it('a symbolic link is not followed, before the claim or after it', async () => {
  const secret = join(base, 'private');
  await writeFile(secret, '{"job_id":"secret"}');
  await symlink(secret, join(folder.pending, 'link.json'));
  await expect(claim('link.json')).rejects.toThrow('it is a symbolic link');
  await drop(SPEC);
  const job = claimed(await claim());
  await rm(job.path);
  await symlink(secret, job.path);
  await expect(readJobFile(job.path)).rejects.toThrow('it is a symbolic link');
  expect((await job.read()).reading.jobId).toBe('a');
  // One that a user has named himself is.
  expect((await readJobFile(job.path, openNamed)).reading.jobId).toBe('secret');
});

it('a job that is gone is an error of the system', async () => {
  await expect(claim('none.json')).rejects.toThrow('ENOENT');
});

it.each(['a.json', 'a.result.json'])('a name is busy with %s in running/', async (name) => {
  expect(await isNameBusy(folder, 'a.json')).toBe(false);
  await writeFile(join(folder.running, name), '');
  expect(await isNameBusy(folder, 'a.json')).toBe(true);
  expect(await isNameBusy(folder, 'b.json')).toBe(false);
});
