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

  it.each([
    ['a letter', `${'a'.repeat(500)}b`],
    ['a space', `${'a'.repeat(500)} b`],
    ['a line break', `${'a'.repeat(500)}\nb`],
  ])('says that its reason is cut, also before %s', (_, reason) => {
    expect(new JobFailure('EngineError', reason).message).toBe(`${'a'.repeat(499)}…`);
  });

  it('keeps a reason of 500 characters whole, and no white space around it', () => {
    const reason = 'a'.repeat(500);
    expect(new JobFailure('EngineError', ` ${reason}\n`).message).toBe(reason);
  });
});
