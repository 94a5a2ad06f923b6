import { describe, expect, it } from 'vitest';
import { formatTimecode, parseTimecode, timecodeAfter } from './timecode.ts';

const after = (start: string, frames: number, numerator: number, denominator = 1) => {
  const timecode = parseTimecode(start);
  if (timecode === null) throw new Error(`${start} is no timecode`);
  return formatTimecode(timecodeAfter(timecode, frames, { numerator, denominator }));
};

describe('the timecode after some frames', () => {
  it.each([
    ['01:00:00:00', 250, 25, 1, '01:00:10:00'],
    ['00:00:00:00', 24, 24_000, 1001, '00:00:01:00'],
    ['23:59:59:24', 1, 25, 1, '00:00:00:00'],
    ['10:00:00:00', 0, 50, 1, '10:00:00:00'],
    ['00:00:00:00', 120, 120, 1, '00:00:01:00'],
  ])('counts %s and %d frames at %d/%d', (start, frames, numerator, denominator, expected) => {
    expect(after(start, frames, numerator, denominator)).toBe(expected);
  });

  it.each([
    ['00:00:59;29', 1, '00:01:00;02'],
    ['00:09:59;29', 1, '00:10:00;00'],
    ['00:08:59;29', 1, '00:09:00;02'],
    ['00:00:00;00', 1800, '00:01:00;02'],
    ['00:00:00;00', 17_982, '00:10:00;00'],
    ['01:00:00;00', 107_892, '02:00:00;00'],
    ['23:59:59;29', 1, '00:00:00;00'],
  ])('leaves out numbers of drop-frame: %s and %d frames', (start, frames, expected) => {
    expect(after(start, frames, 30_000, 1001)).toBe(expected);
  });

  it('leaves out four of sixty', () => {
    expect(after('00:00:59;59', 1, 60_000, 1001)).toBe('00:01:00;04');
  });

  it('is undone by nothing: a day of drop-frame has every number once', () => {
    const seen = new Set<string>();
    for (let frame = 0; frame < 17_982; frame++)
      seen.add(after('00:00:00;00', frame, 30_000, 1001));
    expect(seen.size).toBe(17_982);
    expect(seen).not.toContain('00:01:00;00');
    expect(seen).not.toContain('00:01:00;01');
  });

  it.each([
    ['00:00:00:25', 25],
    ['00:00:00;00', 25],
    ['00:61:00:00', 25],
  ])('refuses %s at %d frames a second', (start, rate) => {
    expect(() => after(start, 1, rate)).toThrow(RangeError);
  });
});
