import { expect, it } from 'vitest';
import { dayRule, textRule, wholeNumber } from './rules.ts';

it.each([
  [dayRule, ['2026-02-28', '2028-02-29'], ['2026-02-29', '2026-13-01', '2026-1-1', '', 'x']],
  [textRule, ['A001', 'a'.repeat(1000)], ['a\0', 'a'.repeat(1001)]],
])('takes what was expected and nothing else: %j', ({ read }, good, bad) => {
  expect(good.map(read)).toEqual(good);
  expect(bad.map(read)).toEqual(bad.map(() => null));
});

it('takes whole numbers up to a limit', () => {
  const { read } = wholeNumber(500, '');
  expect(['1', '500', '0', '501', '-1', '1.5', '1e2', ' 1', ''].map(read)).toEqual([
    1,
    500,
    ...Array.from({ length: 7 }, () => null),
  ]);
});
