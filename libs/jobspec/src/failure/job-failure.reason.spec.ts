import { describe, expect, it } from 'vitest';
import { MAX_REASON_LENGTH } from '../vocabulary/limits.ts';
import { boundedReason, JobFailure } from './job-failure.ts';

const reasonOf = boundedReason;

describe('the reason of a failure', () => {
  it('is the sentence it was given', () => {
    const sentence = 'Missing source files: /media/Ünïcode 🎬 日本.mov';
    expect(reasonOf(sentence)).toBe(sentence);
    expect(reasonOf('x'.repeat(500))).toBe('x'.repeat(500));
  });

  it('has at most 500 characters, whatever is listed in it', () => {
    const list = Array.from({ length: 10_000 }, (_, i) => `/media/${i}.mov`).join(', ');
    const reason = reasonOf(`Missing source files: ${list}`);
    expect(reason).toHaveLength(MAX_REASON_LENGTH);
    expect(reason).toMatch(/^Missing source files: \/media\/0\.mov, .*…$/);
  });

  it('has sentences of at most 1,000 characters in its violations, without control characters', () => {
    const message = `\u001b[2J${'/a'.repeat(4_000_000)} does not exist`;
    const { violations } = new JobFailure(
      'format_unsupported',
      { findings: ['empty'], remedy: '' },
      {
        violations: [{ path: 'sources[0]', message }],
      },
    );
    expect(violations[0]?.path).toBe('sources[0]');
    expect(violations[0]?.message).toHaveLength(1000);
    expect(violations[0]?.message).toMatch(/^\\u001b\[2J[/a]+…$/);
  });

  it('is not cut within a character', () => {
    expect(reasonOf(`x${'🎬'.repeat(300)}`)).toMatch(/^x🎬+…$/u);
  });

  it.each([
    ['/media/a\nb.mov', String.raw`/media/a\nb.mov`],
    ['\u001b[31mred', String.raw`\u001b[31mred`],
    ['/a\u0007\u009b\u061c\u2028\u202e.mov', String.raw`/a\u0007\u009b\u061c\u2028\u202e.mov`],
  ])('shows control characters as escapes: %j', (text, shown) => {
    expect(reasonOf(text)).toBe(shown);
  });

  it('keeps its bound when all of it must be escaped', () => {
    const reason = reasonOf('\0'.repeat(8_000_000));
    expect(reason).toHaveLength(MAX_REASON_LENGTH);
    expect(reason).toMatch(/^[\\u0]+…$/);
  });

  it('is one line without white space around it', () => {
    expect(reasonOf('EIO: i/o error\n')).toBe('EIO: i/o error');
  });
});
