import { describe, expect, it } from 'vitest';
import type { FinalStatus, JobResult } from '@app/jobspec';
import { JobCounts } from './finisher.ts';

function tallyOf(...statuses: FinalStatus[]): JobCounts {
  const jobCounts = new JobCounts();
  for (const final_status of statuses) jobCounts.add({ final_status } as JobResult);
  return jobCounts;
}

const NONE = { completed: 0, failed: 0, refused: 0, stuck: 0 };

describe('Tally', () => {
  it('is clean without any job', () => {
    expect(tallyOf().isClean).toBe(true);
    expect(tallyOf().counts).toEqual({ ...NONE, jobs: 0 });
  });

  it('is clean when every job was completed', () => {
    expect(tallyOf('COMPLETED').isClean).toBe(true);
    expect(tallyOf('COMPLETED').counts).toEqual({ ...NONE, jobs: 1, completed: 1 });
  });

  it.each(['FAILED', 'PARTIAL'] as const)('is not clean after a job that is %s', (status) => {
    expect(tallyOf('COMPLETED', status).isClean).toBe(false);
  });
});
