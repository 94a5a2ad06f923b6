import { expect, it } from 'vitest';
import { isDecimal } from './decimal.ts';

it.each(['1', '-0.5', '+1.', '.5', '1e-3', '2.5E+4'])('%s is a number', (word) => {
  expect(isDecimal(word)).toBe(true);
});

it.each(['', '.', '1..2', '0x1', '1e', 'NaN', '1 '])('%j is none', (word) => {
  expect(isDecimal(word)).toBe(false);
});

it('a word is looked through once, however many digits it has', () => {
  expect(isDecimal(`${'1'.repeat(1_000_000)}x`)).toBe(false);
});
