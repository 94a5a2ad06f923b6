import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { ClipResult } from '@app/jobspec';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clipResult } from '../../../../test/support/job-result.ts';
import { JobObservers } from '../job/job-runner.ts';
import type { ClaimGate } from './claim-gate.ts';
import { DEFAULT_SETTINGS } from '../config/settings.ts';
import { AfterJobs } from './after-jobs.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { Archive } from './archive.ts';
import { Finisher, JobCounts } from './finisher.ts';
import { Recovery } from './recovery.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { FolderLease } from './folder-lease.ts';

const SPEC = '{"job_id":"abc12345"}';

let folder: WatchFolder;
let hold: FolderLease;
let jobCounts: JobCounts;
let recovery: Recovery;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
  await folder.prepare();
  hold = new FolderLease(folder);
  await hold.take();
  jobCounts = new JobCounts();
  const archive = new Archive(folder, hold, new AfterJobs(folder, DEFAULT_SETTINGS));
  const gate = { written: () => undefined } as unknown as ClaimGate;
  const observers = new JobObservers();
  const inventory = new InventoryKeeper(folder);
  const finisher = new Finisher(folder, archive, gate, jobCounts, observers, inventory);
  recovery = new Recovery(folder, hold, archive, finisher, jobCounts);
});
afterEach(async () => {
  await hold.release();
  await rm(folder.root, { recursive: true });
});

const inRunning = (name: string, text: string) => writeFile(join(folder.running, name), text);
const names = async (path: string) => (await readdir(path)).toSorted();

/** A line of the journal, as a runner that died has left it. */
async function record(stagingPath: string, clip?: ClipResult) {
  const inode = clip ? String((await stat(clip.resolved_output_path, { bigint: true })).ino) : '';
  const ending = clip && { clip, inode, reserves: false };
  await writeFile(
    join(folder.journals, 'a.json'),
    `\n${JSON.stringify({ stagingPath, ...(ending && { ending }) })}\n`,
    { flag: 'a' },
  );
}

describe('a job that a runner was making when it died', () => {
  it('names no clip whose file is another one by now', async () => {
    const path = join(folder.root, 'A.mov');
    await writeFile(path, 'proxy');
    await inRunning('a.json', SPEC);
    const clip = clipResult('A', { resolved_output_path: path });
    await record(join(folder.root, '.a.partial.mov'), clip);
    await writeFile(`${path}.new`, 'theirs');
    await rename(`${path}.new`, path);
    await recovery.run();
    expect(await readFile(path, 'utf8')).toBe('theirs');
    const result = await readFile(join(folder.failed, 'a.result.json'), 'utf8');
    expect(JSON.parse(result)).toMatchObject({ clips: [], completed_clips: 0 });
  });
});

describe('while jobs are being made', () => {
  it('only what belongs to no worker is brought to rest', async () => {
    await inRunning('a.json', SPEC);
    await inRunning('b.json', SPEC);
    await recovery.adopt((name) => name === 'a.json');
    expect(await names(folder.running)).toEqual(['a.json']);
    expect(await names(folder.failed)).toEqual(['b.json', 'b.result.json']);
  });

  it('a job that can not be read is left, and holds up no other', async () => {
    await mkdir(join(folder.running, 'a.json'));
    await inRunning('b.json', SPEC);
    await recovery.adopt(() => false);
    expect(await names(folder.running)).toEqual(['a.json']);
    expect(jobCounts.isClean).toBe(false);
    expect(jobCounts.counts.stuck).toBe(1);
    expect(await names(folder.failed)).toEqual(['b.json', 'b.result.json']);
  });
});
