import { expect, it } from 'vitest';
import { reelOf } from './reel-of.ts';

const check = (expected: unknown, actual: unknown, name = 'reel_name') => [
  { check: name, expected, actual, passed: false },
];

it.each([
  [check('A001R2EC', 'A001R2EC'), [], 'A001R2EC'],
  [check('A001R2EC', null), [], 'A001R2EC'],
  [check('A001', 'A001', 'start_timecode'), [], null],
  [[], ['Reel name A001R2EC is lost: MP4 has no place for it.'], 'A001R2EC'],
  [[], ['The reel name Day 1 is not in the proxy: Resolve lets no script set one.'], 'Day 1'],
  [[], ['Stream 3, a data track, is left out.'], null],
])('a result tells the reel of a clip: %#', (verification, warnings, reel) => {
  expect(reelOf({ verification, warnings })).toBe(reel);
});
