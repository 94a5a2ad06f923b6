import { describe, expect, it } from 'vitest';
import {
  changesPace,
  missingAtEnd,
  orderWarnings,
  paceWarnings,
  surplusWarnings,
} from './holes.ts';
import type { ProxyExpectation } from './check.ts';

const plan = (facts: object = {}) =>
  ({
    declared: { guarantees: { count: 'frames' } },
    video: { timing: { sourceRate: { numerator: 1, denominator: 1 }, variable: false } },
    ...facts,
  }) as unknown as ProxyExpectation;
const counts = (...frameTimes: number[]) => ({
  duplicatedFrames: 0,
  droppedFrames: 0,
  frameTimes,
  frameTick: 0.01,
  source: null,
});
const steadily = (count: number, seconds: number, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n * seconds);

describe('a source that begins at a rate', () => {
  it.each([
    ['goes on at half of it', [...steadily(100, 1), ...steadily(20, 2, 101)], true],
    ['has one long hole', [...steadily(100, 1), ...steadily(100, 1, 150)], false],
    ['has nine holes', [...steadily(50, 1), ...steadily(9, 2, 51)], false],
    ['has a few in a long recording', [...steadily(400, 1), ...steadily(12, 2, 401)], false],
  ])('%s', (_, times, expected) => {
    expect(changesPace(plan(), counts(...times))).toBe(expected);
  });
});

describe('what is missing among the last pictures', () => {
  it.each([
    ['before the last one', [0, 1, 2, 5], 2],
    ['where the last one is repeated', [0, 1, 2, 5, 5], 2],
    ['before each of two', [0, 1, 3, 5], 2],
    ['long before', [0, 3, ...steadily(16, 1, 4)], 0],
    ['more than codecs reorder', [0, 1, 30], 0],
  ])('%s', (_, times, missing) => {
    expect(missingAtEnd(plan(), counts(...times))).toBe(missing);
  });
});

it('what is said of a pace names pictures from 0 on', () => {
  const paced = counts(...steadily(100, 1), ...steadily(20, 2, 101));
  expect(paceWarnings(plan(), paced)).toEqual([
    'The source goes on at another pace: 20 of its 120 pictures stay longer than the rate says, from frame 99 on (counted from 0).',
    'The source shows no new picture for 2.00 s after frame 99 (counted from 0).',
  ]);
  expect(paceWarnings(plan(), counts(...steadily(100, 1), 150))).toEqual([
    expect.stringContaining('no picture where 50 are due, first after frame 99'),
  ]);
});

it('what is said of a few pictures that are missing', () => {
  expect(paceWarnings(plan(), counts(...steadily(60, 1), ...steadily(20, 1, 61)))).toEqual([
    'The source has no picture where one is due, first after frame 59 (counted from 0): those that follow keep their times. If it was recorded whole, copy it again.',
  ]);
  expect(paceWarnings(plan(), counts(...steadily(80, 1)))).toEqual([]);
  expect(paceWarnings(plan(), counts(...steadily(80, 1), 81))).toEqual([
    expect.stringContaining('no picture where one is due, first after frame 79'),
  ]);
});

it.each<[string, object, object, string]>([
  ['as many as the header promises', {}, {}, 'undefined'],
  ['more', { frames: 8 }, {}, 'stores 2 frames more'],
  ['more, of which some are repeated', { frames: 4 }, { duplicatedFrames: 5 }, '1 frame more'],
  ['one that is counted as dropped', {}, { droppedFrames: 1 }, 'undefined'],
  [
    'more, where nothing is counted',
    { frames: 8, guarantees: { duration: 'time' } },
    {},
    'undefined',
  ],
])('what is said of pictures that are stored: %s', (_, declared, told, sentence) => {
  const promised = { frames: 10, guarantees: { duration: 'frames' }, ...declared };
  const warnings = surplusWarnings(plan({ declared: promised }), {
    ...counts(...steadily(10, 1)),
    ...told,
  });
  expect(String(warnings[0])).toContain(sentence);
});

it.each([
  ['one goes back', [1, 2, 1, 4], {}, 1],
  ['none does', [1, 2, 3, 4], {}, 0],
  ['each has a place of its own', [1, 2, 1, 4], { usesFrameSlots: true }, 0],
])('what is said of times that go back: %s', (_, times, clock, said) => {
  const video = { ...plan().video, clock: { enforceMonotonicPts: true, ...clock } };
  expect(orderWarnings(plan({ video }), counts(...times))).toHaveLength(said);
});
