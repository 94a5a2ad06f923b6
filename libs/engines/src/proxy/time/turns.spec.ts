import { describe, expect, it } from 'vitest';
import { cannotBeReordered } from './reorderable.ts';
import { inTurn } from './turns.ts';

describe('pictures in turn', () => {
  it.each([
    ['keep their times', [0, 1, 3], [0, 1, 3]],
    ['follow the one before, and leave those after them alone', [0, 2, 1, 5], [0, 2, 3, 5]],
    ['count from the first, where all have one time', [4, 4, 4], [4, 5, 6]],
    ['make room for the next, which keeps its time', [0, 0, 1, 2], [0, 0.5, 1, 2]],
    [
      'make room, where the clock goes on beside them',
      [0, 1, 2.2, 1.6, 2.6],
      [0, 1, 2.2, 2.4, 2.6],
    ],
    ['are no later by half a tick', [0, 0, 0.004, 1.004], [0, 1.004 / 3, 2.008 / 3, 1.004]],
    ['go on, where times begin again', [0, 1, 0, 1], [0, 1, 2, 3]],
    ['follow the one before, where they have none', [0, Number.NaN, 2], [0, 1, 2]],
    ['don’t make all others late', [0, 1, 9, 3, 4, 5], [0, 1, 2, 3, 4, 5]],
    [
      'don’t make all others late, with the time of the next',
      [0, 1, 3, 3, 4, 5],
      [0, 1, 2, 3, 4, 5],
    ],
    ['don’t make all others late, many of one time', [0, 1, 5, 5, 5, 5, 6], [0, 1, 2, 3, 4, 5, 6]],
    ['don’t make all others late, by any number', [0, 3, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]],
    ['go back where that is one picture', [0, 1, 2, 3, 1.5, 5], [0, 1, 2, 3, 4, 5]],
  ])('%s', (_, times, shown) => {
    const told = inTurn(times, 1, 0.01);
    expect(told.map((time) => Math.round(1e6 * time))).toEqual(
      shown.map((time) => Math.round(1e6 * time)),
    );
  });
});

it('a clock that rounds leaves no picture next to one in its turn', () => {
  const times = [0.967, 1.034, 1, 1.068, 1.1];
  const shown = inTurn(times, 1 / 30, 0.001);
  expect(shown.map((time) => Math.round(time * 1000))).toEqual([967, 1000, 1034, 1068, 1100]);
});

describe('times that say nothing', () => {
  const many = (count: number, time: (n: number) => number) =>
    Array.from({ length: count }, (_, n) => time(n));
  it.each([
    ['a tenth goes back', many(40, (n) => (n % 8 === 4 ? n - 2.5 : n)), true],
    ['the first is late', [9, 1, 2, 3, 4], true],
    ['many have one time, far ahead', many(75, (n) => (n < 30 ? n : 280)), true],
    [
      'one step far ahead, and small ones behind',
      many(75, (n) => (n < 30 ? n : n < 40 ? n + 20 : n + 0.1)),
      false,
    ],
    ['one is late', many(75, (n) => (n === 30 ? 40 : n)), false],
    ['one goes back', many(75, (n) => (n === 30 ? 2 : n)), false],
    ['the first has the time of the next', many(75, (n) => Math.max(n, 1)), false],
    [
      'a second has one time, and one is zero',
      many(75, (n) => (n === 60 ? 0 : n > 29 && n < 55 ? 54 : n)),
      false,
    ],
    ['many have the time of the one before', many(75, (n) => n - (n % 2)), true],
    ['each second one begins again', many(40, (n) => n % 2), true],
    ['all begin again', many(80, (n) => n % 40), false],
    ['all have one time', [4, 4, 4, 4], false],
  ])('%s', (_, times, hopeless) => {
    expect(cannotBeReordered(times, 1, 0.01)).toBe(hopeless);
  });
});
