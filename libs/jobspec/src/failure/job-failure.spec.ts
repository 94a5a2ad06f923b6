import { describe, expect, it } from 'vitest';
import { JobFailure } from './job-failure.ts';

/** The reason of a failure whose words are no more than this. */
const reasonOf = (path: string) =>
  new JobFailure('output_exists', { paths: [path] }).message.replace(START, '');
const START = 'Output file already exists: ';
const ROOM = 500 - START.length;

describe('JobFailure', () => {
  it('is PARTIAL when validation refused the job', () => {
    expect(new JobFailure('sources_missing', { sources: ['/a'], advice: '' }).finalStatus).toBe(
      'PARTIAL',
    );
  });

  it('is FAILED when work had begun', () => {
    expect(new JobFailure('interrupted', {}).finalStatus).toBe('FAILED');
  });

  it('keeps the original error as its cause', () => {
    const cause = new Error('EIO');
    expect(new JobFailure('internal', { error: 'EIO' }, { cause }).cause).toBe(cause);
  });

  it.each([
    ['a letter', `${'a'.repeat(ROOM)}b`],
    ['a space', `${'a'.repeat(ROOM)} b`],
    ['a line break', `${'a'.repeat(ROOM)}\nb`],
  ])('says that its reason is cut, also before %s', (_, reason) => {
    expect(reasonOf(reason)).toBe(`${'a'.repeat(ROOM - 1)}…`);
  });

  it('keeps a reason of 500 characters whole, and no white space after it', () => {
    const reason = 'a'.repeat(ROOM);
    expect(reasonOf(`${reason}\n`)).toBe(reason);
  });
});
