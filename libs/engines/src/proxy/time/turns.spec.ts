import { describe, expect, it } from 'vitest';
import { inTurn } from './turns.ts';

describe('pictures in turn', () => {
  it.each([
    ['keep their times', [0, 1, 3], [0, 1, 3]],
    ['follow the one before, and leave those after them alone', [0, 2, 1, 5], [0, 2, 3, 5]],
    ['count from the first, where all have one time', [4, 4, 4], [4, 5, 6]],
    ['are no later by half a tick', [0, 0, 1.004], [0, 1, 2]],
    ['go on, where times begin again', [0, 1, 0, 1], [0, 1, 2, 3]],
    ['follow the one before, where they have none', [0, Number.NaN, 2], [0, 1, 2]],
    ['don’t make all others late', [0, 1, 9, 3, 4, 5], [0, 1, 2, 3, 4, 5]],
    ['don’t make all others late, by any number', [0, 3, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]],
    ['go back where that is one picture', [0, 1, 2, 3, 1.5, 5], [0, 1, 2, 3, 4, 5]],
  ])('%s', (_, times, shown) => {
    expect(inTurn(times, 1, 0.01)).toEqual(shown);
  });
});
