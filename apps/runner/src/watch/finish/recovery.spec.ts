import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { ClipResult, JobResult } from '@app/jobspec';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clipResult, jobResult } from '../../../../../test/support/job-result.ts';
import { JobObservers } from '../../job/index.ts';
import type { ClaimGate } from '../claim/index.ts';
import { DEFAULT_SETTINGS } from '../../config/settings.ts';
import { AfterJobs } from '../after/index.ts';
import { FolderHold, WatchFolder } from '../folder/index.ts';
import { Archive } from './archive.ts';
import { Finisher, JobCounts } from './finisher.ts';
import { Recovery } from './recovery.ts';

const SPEC = '{"job_id":"abc12345"}';
const SHA = createHash('sha256').update(SPEC).digest('hex');

let folder: WatchFolder;
let hold: FolderHold;
let jobCounts: JobCounts;
let recovery: Recovery;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
  await folder.prepare();
  hold = new FolderHold(folder);
  await hold.take();
  jobCounts = new JobCounts();
  const archive = new Archive(folder, hold, new AfterJobs(folder, DEFAULT_SETTINGS));
  const gate = { written: () => undefined } as unknown as ClaimGate;
  const finisher = new Finisher(folder, archive, gate, jobCounts, new JobObservers());
  recovery = new Recovery(folder, hold, archive, finisher, jobCounts);
});
afterEach(async () => {
  await hold.release();
  await rm(folder.root, { recursive: true });
});

const inRunning = (name: string, text: string) => writeFile(join(folder.running, name), text);
const names = async (path: string) => (await readdir(path)).toSorted();
const resultIn = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as JobResult;
const decided = (overrides: Parameters<typeof jobResult>[0] = {}) =>
  JSON.stringify(
    jobResult({ ...overrides, _metadata: { jobspec_sha256: SHA, archived_as: 'a.json' } }),
  );

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
  it('ends as interrupted, with its clips that were published and without what was half done', async () => {
    const out = join(folder.root, 'out');
    await mkdir(out);
    const path = join(out, 'A.mov');
    await writeFile(path, 'proxy');
    await writeFile(join(out, '.b.partial.mov'), 'half');
    await inRunning('a.json', SPEC);
    const made = clipResult('A', { resolved_output_path: path });
    await record(join(out, '.a.partial.mov'));
    await record(join(out, '.a.partial.mov'), made);
    await record(join(out, '.b.partial.mov'));
    await recovery.run();
    expect(await names(folder.failed)).toEqual(['a.json', 'a.result.json']);
    expect(await resultIn(join(folder.failed, 'a.result.json'))).toMatchObject({
      job_id: 'abc12345',
      final_status: 'FAILED',
      failure_type: 'RunnerInterrupted',
      clips: [made],
      _recovery: { original_path: join(folder.running, 'a.json') },
    });
    expect(await names(out)).toEqual(['A.mov']);
    expect(await names(folder.journals)).toEqual([]);
  });

  it('names no clip whose file is another one by now', async () => {
    const path = join(folder.root, 'A.mov');
    await writeFile(path, 'proxy');
    await inRunning('a.json', SPEC);
    await record(
      join(folder.root, '.a.partial.mov'),
      clipResult('A', { resolved_output_path: path }),
    );
    await writeFile(`${path}.new`, 'theirs');
    await rm(path);
    await writeFile(path, 'theirs');
    const { ino } = await stat(`${path}.new`);
    expect(ino).not.toBe((await stat(path)).ino);
    await recovery.run();
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });

  it('is counted, and ends once', async () => {
    await inRunning('a.json', SPEC);
    await recovery.run();
    await recovery.run();
    expect(jobCounts.counts).toMatchObject({ jobs: 1, failed: 1 });
    expect(await names(folder.failed)).toEqual(['a.json', 'a.result.json']);
  });
});

describe('a job that is decided', () => {
  it('is moved to where its result says, with nothing else', async () => {
    await inRunning('a.json', SPEC);
    await inRunning('a.result.json', decided());
    await recovery.run();
    expect(await names(folder.completed)).toEqual(['a.json', 'a.result.json']);
    expect(await readFile(join(folder.completed, 'a.result.json'), 'utf8')).toBe(decided());
    expect(jobCounts.counts).toMatchObject({ jobs: 1, completed: 1 });
  });

  it('replaces nothing that somebody has put beside it', async () => {
    await writeFile(join(folder.completed, 'a.json'), SPEC);
    await writeFile(join(folder.completed, 'a.result.json'), 'theirs');
    await inRunning('a.result.json', decided());
    await recovery.run();
    expect(await readFile(join(folder.completed, 'a.result.json'), 'utf8')).toBe('theirs');
    expect(await names(folder.running)).toEqual([]);
    expect(await names(folder.kept)).toHaveLength(1);
  });

  it('by a result of another job is made known as interrupted, and that result is kept', async () => {
    await inRunning('a.json', '{"job_id":"other"}');
    await inRunning('a.result.json', decided());
    await recovery.run();
    expect(await resultIn(join(folder.failed, 'a.result.json'))).toMatchObject({
      job_id: 'other',
      failure_type: 'RunnerInterrupted',
    });
    expect(await names(folder.kept)).toHaveLength(1);
  });
});

describe('what is no job', () => {
  it('is removed where a runner had begun to write it, and where it outlived its job', async () => {
    await inRunning('.result.tmp', '{"job_id"');
    await writeFile(join(folder.journals, 'old.json'), '');
    await recovery.run();
    expect(await names(folder.running)).toEqual([]);
    expect(await names(folder.journals)).toEqual([]);
  });

  it('is removed from pending/ where a command was killed while it dropped a JobSpec', async () => {
    const left = ['.0b1c2d3e-0000-4000-8000-000000000000.tmp', '.notes.tmp'];
    for (const name of [...left, '.0b1c2d3e-0000-4000-8000-000000000001.tmp'])
      await writeFile(join(folder.pending, name), '{');
    for (const name of left) await utimes(join(folder.pending, name), 1, 1);
    await recovery.run();
    expect(await names(folder.pending)).toEqual([
      '.0b1c2d3e-0000-4000-8000-000000000001.tmp',
      '.notes.tmp',
    ]);
  });

  it('is left where it is somebody else’s', async () => {
    await inRunning('notes.txt', 'mine');
    await recovery.run();
    expect(await names(folder.running)).toEqual(['notes.txt']);
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
