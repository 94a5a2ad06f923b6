import { describe, expect, it } from 'vitest';
import { causeOf } from './cause.ts';

describe('the cause of failures', () => {
  it.each([
    [
      'FFmpeg exited with code 1 (clip 2 of 3, /media/B007C002.mov)',
      'FFmpeg exited with code 1 (clip 1 of 9, /m/X.mov)',
    ],
    ['Missing source files: /a/b.mov, /a/c d.mov', 'Missing source files: /x.mov'],
    [
      'Output verification failed: frame_count is 212, expected 240',
      'Output verification failed: frame_count is 1, expected 2',
    ],
  ])('is the same whatever the names and numbers are: %s', (one, other) => {
    expect(causeOf('EngineError', one).slice(0, 40)).toBe(
      causeOf('EngineError', other).slice(0, 40),
    );
  });

  it('is another one for another exit code or type', () => {
    const causes = [
      causeOf('EngineError', 'FFmpeg exited with code 1'),
      causeOf('EngineError', 'FFmpeg exited with code 183'),
      causeOf('InternalError', 'FFmpeg exited with code 1'),
    ];
    expect(new Set(causes).size).toBe(3);
  });
});
