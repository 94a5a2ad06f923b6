import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readJob, type JobResult } from '@app/jobspec';
import { jobResult } from '../../../../test/support/job-result.ts';
import { RunnerSettings } from '../config/settings.ts';
import type { JobInput, JobRunner } from '../job/job-runner.ts';
import type { ClaimGate } from './claim-gate.ts';
import type { Finisher } from './finisher.ts';
import { type JobFile } from '../../../../libs/storage/src/watch-folder/job-file.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import type { JobIntake, TakenJob } from './job-intake.ts';
import { Workers } from './workers.ts';

const MOST = 2;

/** A job that ends when the test says so. */
interface Running {
  input: JobInput;
  end: (result?: JobResult) => void;
}

let waiting: string[] = [];
let running: Running[] = [];
let finished: string[] = [];
let held: string | null = null;
let retries = 0;
let workers: Workers;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  [waiting, running, finished, held, retries] = [[], [], [], null, 0];
  const intake = { next: async () => takenJob(waiting.shift()) } as unknown as JobIntake;
  const run = (input: JobInput) =>
    new Promise((resolve) => {
      const end = (result = jobResult()) => resolve({ result, failure: null });
      const stop = () => end(jobResult({ final_status: 'FAILED' }));
      if (input.signal.aborted) stop();
      input.signal.addEventListener('abort', stop);
      running.push({ input, end });
    });
  const finisher = {
    finish: async (name: string) => void finished.push(name),
    retry: async () => void retries++,
    isHolding: (name: string) => name === held,
  };
  const settings = Object.assign(new RunnerSettings(), {
    maxWorkers: MOST,
    stallTimeoutSeconds: 9,
  });
  workers = new Workers(
    new WatchFolder('/nowhere'),
    intake,
    { run } as unknown as JobRunner,
    finisher as unknown as Finisher,
    { written: () => undefined } as unknown as ClaimGate,
    settings,
  );
});

function takenJob(name: string | undefined): TakenJob | null {
  if (name === undefined) return null;
  const reading = readJob(Buffer.from(`{"job_id":"${name}"}`), '');
  return { name, path: `/nowhere/running/${name}`, read: async () => ({ reading }) as JobFile };
}

const names = () => running.map(({ input }) => input.origin.name);
const untilRunning = (count: number) => vi.waitUntil(() => running.length === count);

describe('workers', () => {
  it('work on as many jobs at once as there are slots, each in its own, and take the next one at once', async () => {
    waiting = ['a', 'b', 'c', 'd'];
    await workers.wake();
    await untilRunning(2);
    expect(workers.active.list().map(({ worker_id }) => worker_id)).toEqual([1, 2]);
    running[1]?.end();
    await untilRunning(3);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(workers.active.list().map(({ name }) => name)).toEqual(['a', 'c']);
    running[0]?.end();
    running[2]?.end();
    await untilRunning(4);
    running[3]?.end();
    await workers.onIdle();
    expect(finished.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(workers.active.list()).toEqual([]);
  });

  it('are not more when they are woken often', async () => {
    waiting = ['a', 'b', 'c'];
    for (let scan = 0; scan < 5; scan++) await workers.wake();
    await untilRunning(2);
    expect(names()).toEqual(['a', 'b']);
    expect(retries).toBe(5);
    await workers.abort();
  });

  it('have the jobs that they make, and those that are still to be archived', async () => {
    waiting = ['a'];
    await workers.wake();
    await untilRunning(1);
    held = 'old';
    expect(['a', 'old', 'b'].map((name) => workers.has(name))).toEqual([true, true, false]);
    running[0]?.end();
    await workers.onIdle();
    expect(workers.has('a')).toBe(false);
  });

  it('say how far a job is', async () => {
    waiting = ['a'];
    await workers.wake();
    await untilRunning(1);
    running[0]?.input.onProgress?.({ jobId: 'a', totalClips: 3, clip: 2, sourcePath: '/m/2.mov' });
    expect(workers.active.list()).toMatchObject([{ clip: 2, total_clips: 3 }]);
    running[0]?.end();
    await workers.onIdle();
  });

  it('end their jobs when they are told to, archive them, and try again what could not be archived', async () => {
    waiting = ['a', 'b'];
    await workers.wake();
    await untilRunning(2);
    const tried = retries;
    await workers.abort();
    expect(running.every(({ input }) => input.signal.aborted)).toBe(true);
    expect(finished.toSorted()).toEqual(['a', 'b']);
    expect(retries).toBe(tried + 1);
  });
});
