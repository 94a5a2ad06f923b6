import { describe, expect, it } from 'vitest';
import type { ResultHead } from '@app/jobspec';
import { JobCounts } from './finisher.ts';
import { BusyPeriod } from './busy-period.ts';
import { WorkerSlots } from './worker-slots.ts';

const COMPLETED = { final_status: 'COMPLETED' } as ResultHead;

describe('a busy period', () => {
  it('begins with the first job, counts those that end, and is over when there is none', () => {
    const [slots, counts] = [new WorkerSlots(1), new JobCounts()];
    const period = new BusyPeriod(slots, counts);
    expect(period.read(0)).toEqual({ busy_since: null, ended: 0 });
    const { busy_since: since } = period.read(2);
    expect(since).not.toBeNull();
    const worker = slots.begin('a.json');
    counts.add(COMPLETED);
    expect(period.read(0)).toEqual({ busy_since: since, ended: 1 });
    slots.end(worker);
    expect(period.read(0)).toEqual({ busy_since: null, ended: 0 });
    counts.add(COMPLETED);
    expect(period.read(3).ended).toBe(1);
  });
});
