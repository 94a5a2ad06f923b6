import { describe, expect, it } from 'vitest';
import { compareRationals, parseRational, rationalToNumber } from './rational.ts';

function rational(text: string) {
  const parsed = parseRational(text);
  if (!parsed) throw new Error(`not a ratio: ${text}`);
  return parsed;
}

describe('rationals', () => {
  it.each([
    ['24000/1001', { numerator: 24000, denominator: 1001 }],
    ['4:3', { numerator: 4, denominator: 3 }],
    ['-1/2', { numerator: -1, denominator: 2 }],
    ['0/1', { numerator: 0, denominator: 1 }],
  ])('%s is read exactly', (text, expected) => {
    expect(parseRational(text)).toEqual(expected);
  });

  it.each(['0/0', '25/0', '25', '', 'N/A', '1/2/3', '1.5/2', ' 1/2', '99999999999999999999/1'])(
    '"%s" is no ratio',
    (text) => {
      expect(parseRational(text)).toBeNull();
    },
  );

  it.each([
    ['50/2', '25/1', 0],
    ['24000/1001', '24/1', -1],
    ['30/1', '30000/1001', 1],
    ['9007199254740991/9007199254740990', '9007199254740990/9007199254740989', -1],
  ])('%s compared with %s gives %i', (a, b, expected) => {
    expect(compareRationals(rational(a), rational(b))).toBe(expected);
  });

  it('turns into the nearest number', () => {
    expect(rationalToNumber(rational('30000/1001'))).toBeCloseTo(29.97003, 5);
  });
});
