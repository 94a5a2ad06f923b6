import { describe, expect, it } from 'vitest';
import type { FinalStatus, JobResult } from '@app/jobspec';
import { Tally } from './tally.ts';

function tallyOf(...statuses: FinalStatus[]): Tally {
  const tally = new Tally();
  for (const final_status of statuses) tally.add({ final_status } as JobResult);
  return tally;
}

describe('Tally', () => {
  it('is clean without any job', () => {
    expect(tallyOf().isClean).toBe(true);
    expect(String(tallyOf())).toBe('0 jobs: 0 completed, 0 failed, 0 refused');
  });

  it('is clean when every job was completed', () => {
    expect(tallyOf('COMPLETED').isClean).toBe(true);
    expect(String(tallyOf('COMPLETED'))).toBe('1 job: 1 completed, 0 failed, 0 refused');
  });

  it.each(['FAILED', 'PARTIAL'] as const)('is not clean after a job that is %s', (status) => {
    expect(tallyOf('COMPLETED', status).isClean).toBe(false);
  });
});
