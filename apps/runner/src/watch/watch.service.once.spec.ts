import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { RunnerSettings } from '../config/settings.ts';
import { OncePass } from './watch.service.ts';
import type { JobLoop } from './job-loop.ts';
import type { JobQueue } from './job-queue.ts';

const SETTLE_SECONDS = 0.1;

let intake: Pick<JobQueue, 'unclaimed' | 'isWaiting'> & Pick<JobLoop, 'isStopped' | 'isBlocked'>;
let scans: number;
let problem: string | null;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  intake = {
    unclaimed: ['a.json'],
    isStopped: false,
    isBlocked: false,
    isWaiting: true,
  };
  [scans, problem] = [0, null];
});

/** @returns how many jobs are left, and after how many settle times. */
async function run(onScan: () => void = () => undefined) {
  const scan = async () => {
    scans += 1;
    onScan();
    return problem;
  };
  const settings = { settleSeconds: SETTLE_SECONDS, pollSeconds: 0.02 };
  const pass = new OncePass(
    Object.defineProperties(
      { scan, onIdle: async () => undefined },
      {
        isStopped: { get: () => intake.isStopped },
        isBlocked: { get: () => intake.isBlocked },
      },
    ) as never,
    intake as never,
    Object.assign(new RunnerSettings(), settings),
  );
  const began = performance.now();
  const left = await pass.run(() => undefined, new Promise(() => undefined));
  return [left, (performance.now() - began) / 1000 / SETTLE_SECONDS] as const;
}

it('waits ten settle times for what is still being written, and leaves it', async () => {
  const [left, times] = await run();
  expect(left).toBe(1);
  expect(times).toBeGreaterThanOrEqual(10);
});

it('goes on as soon as it is written', async () => {
  const [left, times] = await run(() => {
    if (scans === 3) intake = Object.assign(intake, { unclaimed: [] });
  });
  expect([left, scans]).toEqual([0, 3]);
  expect(times).toBeLessThan(10);
});

it.each([
  ['nothing is there', { unclaimed: [] }, 0],
  ['claims are blocked', { isBlocked: true }, 1],
  ['nothing is being written', { isWaiting: false }, 1],
  ['somebody asks to stop', { isStopped: true }, 1],
])('looks once where %s', async (_, facts, count) => {
  Object.assign(intake, facts);
  const [left] = await run();
  expect([left, scans]).toEqual([count, 1]);
});

it('ends where the folder can’t be scanned', async () => {
  problem = 'i/o error';
  await expect(run()).rejects.toThrow(/can't be scanned: i\/o error/);
});
