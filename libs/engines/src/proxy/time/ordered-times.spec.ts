import { expect, it } from 'vitest';
import { monotonicTimes } from './clock.ts';

it.each([
  ['each has its time', [0, 0.04, 0.08], 1e-5, [0, 0.04, 0.08]],
  ['one is before the one before it', [0, 0.04, 0.02, 0.12], 1e-5, [0, 0.04, 0.041, 0.12]],
  ['two have one time', [0, 0.04, 0.04, 0.12], 1e-5, [0, 0.04, 0.041, 0.12]],
  ['a tick is longer than a millisecond', [0, 0.04, 0.04, 0.12], 0.02, [0, 0.04, 0.06, 0.12]],
  ['ticks make no whole millisecond', [0, 0.04, 0.04], 1 / 600, [0, 0.04, 0.04 + 1 / 600]],
  ['one has none', [Number.NaN, 0, Number.NaN, 0.08], 1e-5, [Number.NaN, 0, 0.001, 0.08]],
])('%s', (_, times, tick, shown) => {
  const told = monotonicTimes(times, tick);
  expect(told.map((time) => time.toFixed(6))).toEqual(shown.map((time) => time.toFixed(6)));
});
