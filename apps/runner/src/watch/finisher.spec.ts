import { Logger } from '@nestjs/common';
import type { JobResult } from '@app/jobspec';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobResult } from '../../../../test/support/job-result.ts';
import { JobObservers } from '../job/job-runner.ts';
import type { ClaimGate } from './claim-gate.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import type { Archive } from './archive.ts';
import { Finisher, JobCounts } from './finisher.ts';

beforeAll(() => Logger.overrideLogger(false));

let told: string[] = [];
let jobCounts: JobCounts;
let archived: string[] = [];
let broken: Set<string>;
let finisher: Finisher;

beforeEach(() => {
  [told, archived, broken, jobCounts] = [[], [], new Set(), new JobCounts()];
  const finish = async (name: string) => {
    if (broken.has(name)) throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
    archived.push(name);
    return true;
  };
  const gate = {
    resultUnwritten: (name: string) => told.push(`${name} pauses`),
    written: (name: string) => told.push(`${name} is written`),
  };
  finisher = new Finisher(
    new WatchFolder('/nowhere'),
    { finish } as unknown as Archive,
    gate as unknown as ClaimGate,
    jobCounts,
    new JobObservers(),
    new InventoryKeeper(new WatchFolder('/nowhere')),
  );
});

const ended: JobResult = jobResult();

describe('a finished job', () => {
  it('is counted and archived, and nothing is held up', async () => {
    await finisher.finish('a.json', ended);
    expect(archived).toEqual(['a.json']);
    expect(told).toEqual(['a.json is written']);
    expect([jobCounts.counts.completed, jobCounts.isClean]).toEqual([1, true]);
    expect(finisher.isUnarchived('a.json')).toBe(false);
  });

  it('that can not be archived is kept, holds up claims and is tried again', async () => {
    broken.add('a.json');
    await finisher.finish('a.json', ended);
    expect(told).toEqual(['a.json pauses']);
    expect([finisher.isUnarchived('a.json'), jobCounts.isClean]).toEqual([true, false]);
    await finisher.retry();
    expect(archived).toEqual([]);
    broken.clear();
    await finisher.retry();
    expect(archived).toEqual(['a.json']);
    expect(told.at(-1)).toBe('a.json is written');
    expect([finisher.isUnarchived('a.json'), jobCounts.isClean]).toEqual([false, true]);
    await finisher.retry();
    expect(archived).toEqual(['a.json']);
    expect(jobCounts.counts.jobs).toBe(1);
  });

  it('holds up claims until the last one is archived', async () => {
    broken = new Set(['a.json', 'b.json']);
    await finisher.finish('a.json', ended);
    await finisher.finish('b.json', ended);
    broken.delete('a.json');
    await finisher.retry();
    expect(told.slice(-2)).toEqual(['a.json is written', 'b.json pauses']);
  });
});
