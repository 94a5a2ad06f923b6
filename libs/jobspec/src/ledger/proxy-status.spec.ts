import { describe, expect, it } from 'vitest';
import type { Attempt, AttemptState } from './attempt.ts';
import { needsRetry, proxyStatus } from './proxy-status.ts';

type Tried = [AttemptState, at: number, output?: string];

const attemptsOf = (tried: readonly Tried[]) =>
  tried.map(([state, at, output = null]): Attempt => ({ state, at, output }));

/** The state of a proxy, and the places of the attempts that say so: those that made a file which is there, and the one that is missing. */
function statusAfter(...tried: Tried[]) {
  const attempts = attemptsOf(tried);
  const { state, made, missing } = proxyStatus(attempts);
  return [
    state,
    ...[...made, ...(missing === null ? [] : [missing])].map((one) => attempts.indexOf(one)),
  ];
}

describe('where a proxy stands', () => {
  it.each<[string, Tried[], (string | number)[]]>([
    ['what the only attempt says', [['failed', 1]], ['failed', 0]],
    ['what the only attempt says', [['refused', 1]], ['refused', 0]],
    [
      'made after a failure',
      [
        ['failed', 1],
        ['made', 2],
      ],
      ['made', 1],
    ],
    [
      'made after a refusal',
      [
        ['refused', 1],
        ['made', 2],
      ],
      ['made', 1],
    ],
    [
      'made by a retry under another name',
      [
        ['failed', 1, 'a.mov'],
        ['made', 2, 'a_2.mov'],
      ],
      ['made', 1],
    ],
    [
      'failed after it was made',
      [
        ['made', 1],
        ['failed', 2],
        ['refused', 3],
      ],
      ['failed', 1],
    ],
    [
      'failed, in whichever order they are given',
      [
        ['failed', 2],
        ['made', 1],
      ],
      ['failed', 0],
    ],
    [
      'two files',
      [
        ['made', 1, 'half.mov'],
        ['made', 2, 'full.mov'],
      ],
      ['made', 0, 1],
    ],
    [
      'one file, and one missing',
      [
        ['made', 1, 'half.mov'],
        ['failed', 2, 'full.mov'],
      ],
      ['failed', 0, 1],
    ],
    [
      'made, whatever is refused later',
      [
        ['made', 1, 'a'],
        ['refused', 2],
        ['made', 3, 'b'],
      ],
      ['made', 0, 2],
    ],
    [
      'made, whatever waits later',
      [
        ['made', 1],
        ['waiting', 2],
      ],
      ['made', 0],
    ],
    [
      'made, whatever nobody can read later',
      [
        ['made', 1],
        ['unknown', 2],
      ],
      ['made', 0],
    ],
    [
      'made after what nobody can read',
      [
        ['unknown', 1],
        ['made', 2],
      ],
      ['made', 1],
    ],
    [
      'not known after a failure',
      [
        ['failed', 1],
        ['unknown', 2],
      ],
      ['unknown', 1],
    ],
    [
      'not known after one not begun',
      [
        ['not_begun', 1],
        ['unknown', 2],
      ],
      ['unknown', 1],
    ],
    [
      'not known, though not begun later',
      [
        ['unknown', 1],
        ['not_begun', 2],
      ],
      ['unknown', 0],
    ],
    [
      'failed after what nobody can read',
      [
        ['unknown', 1],
        ['failed', 2],
      ],
      ['failed', 1],
    ],
    [
      'waiting after a failure',
      [
        ['failed', 1],
        ['waiting', 2],
      ],
      ['waiting', 1],
    ],
    [
      'running, whenever it was handed in',
      [
        ['not_begun', 3],
        ['running', 2],
      ],
      ['running', 1],
    ],
    [
      'waiting beside a file',
      [
        ['made', 2, 'a'],
        ['failed', 3, 'b'],
        ['waiting', 1],
      ],
      ['waiting', 0, 2],
    ],
    [
      'failed, though refused later',
      [
        ['failed', 1],
        ['refused', 2],
      ],
      ['failed', 0],
    ],
    [
      'not begun, by the latest',
      [
        ['not_begun', 1],
        ['not_begun', 2],
      ],
      ['not_begun', 1],
    ],
    [
      'made by the latter of one time',
      [
        ['made', 1],
        ['made', 1],
      ],
      ['made', 1],
    ],
  ])('is %s: %j', (_, tried, expected) => {
    expect(statusAfter(...tried)).toEqual(expected);
  });

  it('is nowhere without an attempt', () => {
    expect(() => proxyStatus([])).toThrow(RangeError);
  });
});

it.each([
  [['failed', 1]],
  [['refused', 1]],
  [['not_begun', 1]],
  [
    ['made', 1, 'a.mov'],
    ['failed', 2, 'a.mov'],
  ],
] as [...Tried[]][])('is left to somebody who asks for it: %#', (...tried) => {
  expect(needsRetry(proxyStatus(attemptsOf(tried)))).toBe(true);
});

it.each([
  [['made', 1]],
  [
    ['failed', 1],
    ['waiting', 2],
  ],
  [
    ['failed', 1],
    ['running', 2],
  ],
  [
    ['failed', 1],
    ['unknown', 2],
  ],
  [
    ['failed', 1],
    ['made', 2],
  ],
] as [...Tried[]][])('is not left: %#', (...tried) => {
  expect(needsRetry(proxyStatus(attemptsOf(tried)))).toBe(false);
});
