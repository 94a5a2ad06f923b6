import { Logger } from '@nestjs/common';
import type { JobResult } from '@app/jobspec';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobResult } from '../../../../../test/support/job-result.ts';
import { JobObservers } from '../../job/index.ts';
import type { ClaimGate } from '../claim/index.ts';
import { WatchFolder } from '../folder/index.ts';
import type { Archive } from './archive.ts';
import { Finisher } from './finisher.ts';
import { JobCounts } from './job-counts.ts';

beforeAll(() => Logger.overrideLogger(false));

let unwritten: ({ name: string; reason: string } | null)[] = [];
let jobCounts: JobCounts;
let archived: string[] = [];
let broken: Set<string>;
let finisher: Finisher;

beforeEach(() => {
  [unwritten, archived, broken, jobCounts] = [[], [], new Set(), new JobCounts()];
  const finish = async (name: string) => {
    if (broken.has(name)) throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
    archived.push(name);
    return true;
  };
  const gate = { resultUnwritten: (what: (typeof unwritten)[number]) => unwritten.push(what) };
  finisher = new Finisher(
    new WatchFolder('/nowhere'),
    { finish } as unknown as Archive,
    gate as unknown as ClaimGate,
    jobCounts,
    new JobObservers(),
  );
});

const ended: JobResult = jobResult();

describe('a finished job', () => {
  it('is counted and archived, and nothing is held up', async () => {
    await finisher.finish('a.json', ended);
    expect(archived).toEqual(['a.json']);
    expect(unwritten).toEqual([null]);
    expect([jobCounts.counts.completed, jobCounts.isClean]).toEqual([1, true]);
    expect(finisher.isHolding('a.json')).toBe(false);
  });

  it('that can not be archived is kept, holds up claims and is tried again', async () => {
    broken.add('a.json');
    await finisher.finish('a.json', ended);
    expect(unwritten.at(-1)).toMatchObject({ name: 'a.json' });
    expect([finisher.isHolding('a.json'), jobCounts.isClean]).toEqual([true, false]);
    await finisher.retry();
    expect(archived).toEqual([]);
    broken.clear();
    await finisher.retry();
    expect(archived).toEqual(['a.json']);
    expect(unwritten.at(-1)).toBeNull();
    expect([finisher.isHolding('a.json'), jobCounts.isClean]).toEqual([false, true]);
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
    expect(unwritten.at(-1)).toMatchObject({ name: 'b.json' });
    broken.delete('b.json');
    await finisher.retry();
    expect(unwritten.at(-1)).toBeNull();
  });
});
