import { expect, it } from 'vitest';
import { placeOf } from './job-path.ts';

it.each([
  ['0', 0],
  ['12', 12],
  ['1e0', -1],
  ['00', -1],
  ['0.0', -1],
  ['', -1],
  ['-1', -1],
  [' 1', -1],
])('a number in an address is written in one way: %j', (written, place) => {
  expect(placeOf(written)).toBe(place);
});
