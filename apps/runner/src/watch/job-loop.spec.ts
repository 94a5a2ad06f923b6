import { basename } from 'node:path';
import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readJob, type JobResult } from '@app/jobspec';
import type { RunnerStatus } from '@app/jobspec/folder';
import type { JobFile } from '../../../../libs/storage/src/watch-folder/job-file.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { jobResult } from '../../../../test/support/job-result.ts';
import { RunnerSettings } from '../config/settings.ts';
import type { JobInput, JobRunner } from '../job/job-runner.ts';
import type { ClaimGate } from './claim-gate.ts';
import { Claimer, type ClaimedJob } from './claim.ts';
import { ClaimedJobRunner } from './claimed-job-runner.ts';
import { CompletenessWatch } from './completeness-watch.ts';
import { type Finisher, JobCounts } from './finisher.ts';
import type { FolderLease } from './folder-lease.ts';
import type { FolderSession } from './folder-session.ts';
import { FullOutputGate } from './full-output-gate.ts';
import type { InventoryKeeper } from './inventory-keeper.ts';
import { Intake } from './intake.ts';
import { JobEndings } from './job-endings.ts';
import { JobLoop } from './job-loop.ts';
import { JobQueue } from './job-queue.ts';
import type { PendingFolder, PendingJobs } from './pending-folder.ts';
import type { Recovery } from './recovery.ts';
import type { StatusFile } from './status-file.ts';
import { WorkerSlots } from './worker-slots.ts';

const MOST = 2;
const FOLDER = new WatchFolder('/nowhere');
const NOTHING: PendingJobs = { names: [] };

type Written = Pick<RunnerStatus, 'last_scan_at' | 'pending'> & { stoppedAt: string | null };

/** A job that ends when the test says so. */
interface Running {
  input: JobInput;
  end: (result?: JobResult) => void;
}

let steps: string[] = [];
let broken: Record<string, Error> = {};
let found: PendingJobs = NOTHING;
let offered: PendingJobs[] = [];
let written: Written[] = [];
let running: Running[] = [];
let finished: string[] = [];
let held: string | null = null;
let retries = 0;
let isOurs: (name: string) => boolean = () => false;
/** Ends the import of inventories; `null` if none goes on. */
let endImport: (() => void) | null = null;
let slots: WorkerSlots;
let queue: JobQueue;
let loop: JobLoop;

const step = async (name: string) => {
  steps.push(name);
  if (broken[name]) throw broken[name];
};

/** A loop of which the files are made up, but for what a claim does with them. */
function loopWith(claimer: Pick<Claimer, 'beginScan' | 'isKnownIncomplete' | 'claim'>): JobLoop {
  slots = new WorkerSlots(MOST);
  queue = new JobQueue();
  const offer = queue.offer.bind(queue);
  queue.offer = (jobs, isWanted) => {
    offered.push(jobs);
    offer(jobs, isWanted);
  };
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
    isUnarchived: (name: string) => name === held,
  };
  const adopt = (has: typeof isOurs) => {
    isOurs = has;
    return step('adopt');
  };
  const status = {
    write: (scan: Written, stoppedAt: string | null = null) => {
      written.push({ ...scan, stoppedAt });
      return step('status');
    },
  };
  let imported: Promise<void> | undefined;
  const inventory = {
    takeOver: (names: readonly string[]) => {
      if (names.length > 0) imported = new Promise((resolve) => (endImport = resolve));
      return imported;
    },
    onIdle: () => imported,
    stop: () => undefined,
  };
  const settings = Object.assign(new RunnerSettings(), { stallTimeoutSeconds: 9 });
  const gate = { isOpen: async () => true, paused: null, written: () => undefined };
  const claims = gate as unknown as ClaimGate;
  const list = () => step('list').then(() => found);
  return new JobLoop(
    { ensure: () => step('ensure') } as unknown as FolderSession,
    new Intake(
      { list } as unknown as PendingFolder,
      queue,
      claims,
      claimer as Claimer,
      inventory as unknown as InventoryKeeper,
    ),
    slots,
    new ClaimedJobRunner(FOLDER, claims, { run } as unknown as JobRunner, settings),
    new JobEndings(finisher as unknown as Finisher, { adopt } as unknown as Recovery),
    status as unknown as StatusFile,
  );
}

/** Each name is that of a job, at once. */
const ANY = {
  beginScan: () => undefined,
  isKnownIncomplete: async () => false,
  claim: async (name: string): Promise<ClaimedJob> => {
    const reading = readJob(Buffer.from(`{"job_id":"${name}"}`), '');
    const path = `/nowhere/running/${name}`;
    return { name, path, read: async () => ({ reading }) as JobFile };
  },
};

const error = (code: string) => Object.assign(new Error(`${code}: it is away`), { code });
const jobs = (...names: string[]): PendingJobs => ({ names });
const names = () => running.map(({ input }) => input.origin.name);
const untilRunning = (count: number) => vi.waitUntil(() => running.length === count);

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  [steps, broken, found, offered, written] = [[], {}, NOTHING, [], []];
  [running, finished, held, retries] = [[], [], null, 0];
  loop = loopWith(ANY);
});

describe('a scan', () => {
  const ONCE = ['ensure', 'adopt', 'list', 'status'];

  it('makes sure of the folder, brings strangers to rest, offers what is there and says so', async () => {
    found = jobs('a.json', 'b.json');
    held = 'ours.json';
    expect(await loop.scan()).toBeNull();
    expect(steps).toEqual(ONCE);
    expect(offered).toEqual([found]);
    expect(written).toMatchObject([{ pending: 2, stoppedAt: null }]);
    expect([isOurs('ours.json'), isOurs('other.json')]).toEqual([true, false]);
    expect(loop.latest).toMatchObject({ pending: 2, problem: null });
  });

  it.each(['ensure', 'adopt', 'list'])(
    'that fails at %s offers nothing, and the status is written all the same',
    async (name) => {
      await loop.scan();
      const [before] = written;
      broken = { [name]: error('ENOENT') };
      expect(await loop.scan()).toContain('it is away');
      expect(offered.at(-1)).toEqual(NOTHING);
      expect(written.at(-1)).toEqual(before);
      expect(loop.latest?.problem).toContain('it is away');
      broken = {};
      expect(await loop.scan()).toBeNull();
      expect(loop.latest?.problem).toBeNull();
    },
  );

  it('whose status can not be written has done its work', async () => {
    broken = { status: error('ENOSPC') };
    expect(await loop.scan()).toBeNull();
    expect(offered).toEqual([found]);
  });

  it('never overlaps another', async () => {
    const both = Promise.all([loop.scan(), loop.scan()]);
    expect(loop.isScanning).toBe(true);
    await both;
    expect(loop.isScanning).toBe(false);
    expect(steps).toEqual([...ONCE, ...ONCE]);
  });

  it('brings strangers to rest while nothing is claimed', async () => {
    found = jobs('a');
    let isClaiming = false;
    const during: boolean[] = [];
    loop = loopWith({
      ...ANY,
      claim: async () => {
        isClaiming = true;
        await vi.waitUntil(() => steps.filter((one) => one === 'ensure').length === 2);
        isClaiming = false;
        return null;
      },
    });
    const push = steps.push.bind(steps);
    steps.push = (name) => {
      if (name === 'adopt') during.push(isClaiming);
      return push(name);
    };
    await loop.scan();
    await vi.waitUntil(() => isClaiming);
    await loop.scan();
    expect(during).toEqual([false, false]);
  });
});

it('the last word names the time of the stop and what is left', async () => {
  found = jobs('a.json', 'b.json');
  await loop.scan();
  await loop.publishStop();
  expect(written.at(-1)).toMatchObject({ pending: 2, stoppedAt: expect.any(String) as string });
});

it('the last word is written also if nobody can tell what is left', async () => {
  found = jobs('a.json', 'b.json');
  await loop.scan();
  broken['list'] = error('EIO');
  await loop.publishStop();
  expect(written.at(-1)).toMatchObject({ pending: 2, stoppedAt: expect.any(String) as string });
});

it('an import of inventories holds up no job, and the end only waits for it', async () => {
  found = { ...jobs('a'), inventories: ['x.inventory'] };
  await loop.scan();
  await untilRunning(1);
  running[0]?.end();
  await vi.waitUntil(() => finished.length === 1);
  let hasEnded = false;
  const end = loop.onIdle().then(() => (hasEnded = true));
  await new Promise(setImmediate);
  expect(hasEnded).toBe(false);
  endImport?.();
  await end;
});

describe('workers', () => {
  it('work on as many jobs at once as there are slots, each in its own, and take the next one at once', async () => {
    found = jobs('a', 'b', 'c', 'd');
    await loop.scan();
    await untilRunning(2);
    expect(slots.list().map(({ worker_id }) => worker_id)).toEqual([1, 2]);
    running[1]?.end();
    await untilRunning(3);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(slots.list().map(({ name }) => name)).toEqual(['a', 'c']);
    running[0]?.end();
    running[2]?.end();
    await untilRunning(4);
    running[3]?.end();
    await loop.onIdle();
    expect(finished.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(slots.list()).toEqual([]);
  });

  it('are not more when scans come often', async () => {
    found = jobs('a', 'b', 'c');
    await loop.scan();
    found = jobs('c');
    for (let scan = 0; scan < 4; scan++) await loop.scan();
    await untilRunning(2);
    expect(names()).toEqual(['a', 'b']);
    expect(retries).toBe(5);
    loop.stop();
    await loop.abort();
  });

  it('have the jobs that they make, and those that are still to be archived', async () => {
    found = jobs('a');
    await loop.scan();
    await untilRunning(1);
    held = 'old';
    expect(['a', 'old', 'b'].map((name) => isOurs(name))).toEqual([true, true, false]);
    running[0]?.end();
    await loop.onIdle();
    expect(isOurs('a')).toBe(false);
  });

  it('say how far a job is', async () => {
    found = jobs('a');
    await loop.scan();
    await untilRunning(1);
    running[0]?.input.onProgress?.({ jobId: 'a', totalClips: 3, clip: 2, sourcePath: '/m/2.mov' });
    expect(slots.list()).toMatchObject([{ clip: 2, total_clips: 3 }]);
    running[0]?.end();
    await loop.onIdle();
  });

  it('end their jobs when they are told to, archive them, and try again what could not be archived', async () => {
    found = jobs('a', 'b');
    await loop.scan();
    await untilRunning(2);
    const tried = retries;
    await loop.abort();
    expect(running.every(({ input }) => input.signal.aborted)).toBe(true);
    expect(finished.toSorted()).toEqual(['a', 'b']);
    expect(retries).toBe(tried + 1);
  });

  it('take nothing after a stop', async () => {
    found = jobs('a');
    loop.stop();
    await loop.scan();
    await loop.onIdle();
    expect(queue.unclaimed).toEqual(['a']);
  });
});

describe('a folder of jobs that can not be taken', () => {
  const NAMES = Array.from({ length: 25_000 }, (_, at) => `${String(at).padStart(6, '0')}.json`);

  /** A claimer in whose folder no file can be read, unless a test says how. */
  function claimerOf(
    jobCounts: JobCounts,
    read: CompletenessWatch['readWhenComplete'] = () =>
      Promise.reject(new Error('it is not a regular file')),
  ): Claimer {
    const settings = Object.assign(new RunnerSettings(), { allowOutputRoots: [] });
    const completeness = new CompletenessWatch(settings);
    completeness.readWhenComplete = read;
    const hold = { confirmedMissing: async () => true } as unknown as FolderLease;
    const outputs = new FullOutputGate(settings);
    return new Claimer(FOLDER, completeness, outputs, jobCounts, hold, {} as Recovery);
  }

  const pass = async () => {
    await loop.scan();
    await loop.onIdle();
  };

  it('is passed through to its end', async () => {
    const jobCounts = new JobCounts();
    loop = loopWith(claimerOf(jobCounts));
    found = jobs(...NAMES);
    await pass();
    expect(queue.unclaimed).toEqual(NAMES);
    expect(queue.isWaiting).toBe(false);
    expect(jobCounts.counts.stuck).toBe(NAMES.length);
  }, 120_000);

  it('is passed through though scans come meanwhile, and what is new in it has its turn', async () => {
    const looks: string[] = [];
    found = jobs('b.json', 'c.json', 'd.json');
    loop = loopWith(
      claimerOf(new JobCounts(), (path) => {
        looks.push(basename(path));
        if (looks.length === 2) found = jobs('a.json', ...found.names);
        if (looks.length < 100) queue.offer(found);
        return Promise.resolve(null);
      }),
    );
    await pass();
    expect(looks).toEqual(['b.json', 'c.json', 'a.json', 'd.json']);
    expect(queue.isWaiting).toBe(true);
    await pass();
    expect(looks).toEqual(['b.json', 'c.json', 'a.json', 'd.json', ...found.names]);
  });

  it('is forgotten once somebody has taken its files away', async () => {
    const jobCounts = new JobCounts();
    loop = loopWith(claimerOf(jobCounts));
    found = jobs('a.json', 'b.json');
    await pass();
    expect(jobCounts.isClean).toBe(false);
    found = NOTHING;
    await pass();
    expect(jobCounts.isClean).toBe(true);
    expect(queue.unclaimed).toEqual([]);
  });
});
