import { describe, expect, it } from 'vitest';
import { JobFailure } from './job-failure.ts';

describe('JobFailure', () => {
  it('is PARTIAL when validation refused the job', () => {
    expect(new JobFailure('MissingSourcesError', 'gone').finalStatus).toBe('PARTIAL');
  });

  it('is FAILED when work had begun', () => {
    expect(new JobFailure('EngineError', 'FFmpeg exited with code 1').finalStatus).toBe('FAILED');
  });

  it('keeps the original error as its cause', () => {
    const cause = new Error('EIO');
    expect(new JobFailure('EngineError', 'read failed', { cause }).cause).toBe(cause);
  });
});
