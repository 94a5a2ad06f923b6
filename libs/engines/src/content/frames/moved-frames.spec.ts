import { expect, it } from 'vitest';
import { NumberTable } from '../measure/number-table.ts';
import { farthestMoved } from './moved-frames.ts';
import { FRAME_NUMBERS, type FrameNumber } from './frame-comparison.ts';

const LIMITS = { right: 0.1, down: 0.1, colourRight: 0.2, colourDown: 0.2 };
const NONE = Object.fromEntries(FRAME_NUMBERS.map((name) => [name, 0])) as Record<
  FrameNumber,
  number
>;

function farthest(name: keyof typeof LIMITS, values: readonly number[]) {
  const numbers = new NumberTable(FRAME_NUMBERS);
  for (const value of values) numbers.add({ ...NONE, [name]: value });
  const { moved, limits, pictures, frame } = farthestMoved(numbers, LIMITS);
  return { share: Math.abs(moved[name]) / limits[name], pictures, frame };
}

const still = (count: number) => Array.from({ length: count }, () => 0);
const moved = (count: number, by: number) => Array.from({ length: count }, () => by);

it.each(['right', 'down', 'colourRight', 'colourDown'] as const)(
  'eight pictures that lie beside their place are too far, from the first of them on: %s',
  (name) => {
    const by = -1.2 * LIMITS[name];
    const found = farthest(name, [...still(20), ...moved(8, by), ...still(20)]);
    expect(found).toMatchObject({ pictures: 8, frame: 20 });
    expect(found.share).toBeCloseTo(1.2);
  },
);

it.each([
  ['seven of eight', [...still(20), ...moved(7, 0.112), ...still(20)], 0.98],
  ['first one way, then the other', [...moved(4, 0.15), ...moved(4, -0.15)], 0.75],
  ['a clip of seven pictures, by less than twice as much', moved(7, 0.19), 0.95],
] as const)('what averages out, or is too short to, is not: %s', (_, values, share) => {
  expect(farthest('down', values).share).toBeCloseTo(share);
});

it('a picture alone is too far by twice as much', () => {
  const found = farthest('right', [...still(20), 0.21, ...still(20)]);
  expect(found).toMatchObject({ pictures: 1, frame: 20 });
  expect(found.share).toBeCloseTo(1.05);
});

it('a picture alone is named by its own place, whatever lies a little beside its place before it', () => {
  const found = farthest('right', [...moved(20, 0.11), 0.5, ...moved(20, 0.11)]);
  expect(found).toMatchObject({ pictures: 1, frame: 20 });
});

it('of pictures that lie farther and farther away the first is named', () => {
  const found = farthest('down', [...still(20), ...moved(30, 0.11), ...moved(30, 0.19)]);
  expect(found).toMatchObject({ pictures: 8, frame: 20 });
});
