import { describe, expect, it } from 'vitest';
import type { Attempt, AttemptState } from './attempt.ts';
import { isLeft, standingOf } from './standing.ts';

type Tried = [AttemptState, at: number, output?: string];

const attemptsOf = (tried: readonly Tried[]) =>
  tried.map(([state, at, output = null]): Attempt => ({ state, at, output }));

/** Attempts by their places: those that count, and how the others stand to them. */
function standing(...tried: Tried[]) {
  const attempts = attemptsOf(tried);
  const { state, attempts: of } = standingOf(attempts);
  const places = (test: (attempt: Attempt) => boolean | undefined) =>
    [...attempts.keys()].filter((place) => {
      const attempt = attempts[place];
      return attempt && test(attempt);
    });
  const related = new Set([...of.values()].flatMap(({ relation }) => relation ?? []));
  const relations = [...related].map((relation) => [
    relation,
    places((attempt) => of.get(attempt)?.relation === relation),
  ]);
  const counts = places((attempt) => of.get(attempt)?.counts);
  return { state, counts, ...(Object.fromEntries(relations) as Record<string, number[]>) };
}

describe('where a proxy stands', () => {
  it('is what the only attempt at it says', () => {
    expect(standing(['failed', 1])).toEqual({ state: 'failed', counts: [0] });
    expect(standing(['refused', 1])).toEqual({ state: 'refused', counts: [0] });
  });

  it('is made once a later attempt made it, which makes the failure good', () => {
    const expected = { state: 'made', counts: [1], made_good: [0, 1] };
    expect(standing(['failed', 1], ['made', 2])).toEqual(expected);
  });

  it.each(['refused', 'not_begun'] as const)(
    'is made since, and nothing is made good, when it was %s',
    (state) => {
      const expected = { state: 'made', counts: [1], made_since: [0] };
      expect(standing([state, 1], ['made', 2])).toEqual(expected);
    },
  );

  it('was made before a refusal, whatever is made under another name afterwards', () => {
    expect(standing(['made', 1, 'a.mov'], ['refused', 2], ['made', 3, 'v2/a.mov'])).toEqual({
      state: 'made',
      counts: [0, 2],
      made_before: [1],
    });
  });

  it('is made good once: by the first that makes it after the failure', () => {
    expect(standing(['failed', 1, 'a.mov'], ['made', 2, 'a.mov'], ['made', 3, 'b.mov'])).toEqual({
      state: 'made',
      counts: [1, 2],
      made_good: [0, 1],
    });
  });

  it('was not made before a refusal when a failure took it away', () => {
    expect(standing(['made', 1], ['failed', 2], ['refused', 3])).toEqual({
      state: 'failed',
      counts: [1],
      later: [2],
    });
  });

  it('is told by another attempt of each that does not tell it, and leads to the right one', () => {
    const attempts = attemptsOf([
      ['failed', 0, 'a.mov'],
      ['made', 1, 'a.mov'],
      ['not_begun', 2],
      ['made', 3, 'b.mov'],
    ]);
    const { attempts: of } = standingOf(attempts);
    const places = (key: 'currentAttempt' | 'other') =>
      attempts.map((attempt) => {
        const other = of.get(attempt)?.[key] ?? null;
        return other === null ? null : attempts.indexOf(other);
      });
    expect(places('currentAttempt')).toEqual([1, null, 3, null]);
    expect(places('other')).toEqual([1, 0, 1, null]);
  });

  it('is made good by a retry under another name too, which a proxy in its way may need', () => {
    const expected = { state: 'made', counts: [1], made_good: [0, 1] };
    expect(standing(['failed', 1, 'a.mov'], ['made', 2, 'a_2.mov'])).toEqual(expected);
  });

  it('is failed when a later attempt at the same file failed, in whichever order they are given', () => {
    expect(standing(['failed', 2], ['made', 1])).toEqual({ state: 'failed', counts: [0] });
  });

  it('is two proxies when it was made under two names, or a later one failed', () => {
    const made = { state: 'made', counts: [0, 1] };
    expect(standing(['made', 1, 'half.mov'], ['made', 2, 'full.mov'])).toEqual(made);
    const failed = { state: 'failed', counts: [0, 1] };
    expect(standing(['made', 1, 'half.mov'], ['failed', 2, 'full.mov'])).toEqual(failed);
  });

  it('stays made when a later job is refused, or waits; nothing was made good by that', () => {
    const expected = { state: 'made', counts: [0], made_before: [1] };
    expect(standing(['made', 1], ['refused', 2])).toEqual(expected);
    expect(standing(['made', 1], ['waiting', 2])).toEqual(expected);
    expect(standing(['made', 2], ['waiting', 1])).toEqual(expected);
  });

  it('is not known after a retry whose result can not be read, unless it was made before', () => {
    expect(standing(['failed', 1], ['unknown', 2])).toEqual({ state: 'unknown', counts: [1] });
    expect(standing(['not_begun', 1], ['unknown', 2])).toEqual({ state: 'unknown', counts: [1] });
    expect(standing(['unknown', 1], ['not_begun', 2])).toMatchObject({ counts: [0] });
    expect(standing(['unknown', 1], ['failed', 2])).toMatchObject({ state: 'failed' });
    expect(standing(['made', 1], ['unknown', 2])).toMatchObject({ state: 'made' });
  });

  it('is told by what waits, also where a proxy under another name is younger than its file', () => {
    const attempts = attemptsOf([
      ['made', 2, 'a.mov'],
      ['failed', 3, 'b.mov'],
      ['waiting', 1],
    ]);
    const { attempts: of, made } = standingOf(attempts);
    const [first, failed, waits] = attempts;
    expect(made).toEqual([first]);
    expect(failed && of.get(failed)).toMatchObject({ counts: false, currentAttempt: waits });
  });

  it('is not made good where nobody knows whether it failed', () => {
    expect(standing(['unknown', 1], ['made', 2])).toEqual({ state: 'made', counts: [1] });
  });

  it('waits when it is tried again after a failure', () => {
    expect(standing(['failed', 1], ['waiting', 2])).toEqual({ state: 'waiting', counts: [1] });
    expect(standing(['not_begun', 3], ['running', 2])).toMatchObject({ state: 'running' });
  });

  it('is failed when a later job was refused, which came after it', () => {
    const expected = { state: 'failed', counts: [0], later: [1] };
    expect(standing(['failed', 1], ['refused', 2])).toEqual(expected);
  });

  it('is not begun when every job stopped before it', () => {
    const expected = { state: 'not_begun', counts: [1] };
    expect(standing(['not_begun', 1], ['not_begun', 2])).toEqual(expected);
  });

  it('is the latter of two attempts that ended at the same time', () => {
    expect(standing(['made', 1], ['made', 1])).toEqual({ state: 'made', counts: [1] });
  });

  it('is nowhere without an attempt', () => {
    expect(() => standingOf([])).toThrow(RangeError);
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
  expect(isLeft(standingOf(attemptsOf(tried)))).toBe(true);
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
  expect(isLeft(standingOf(attemptsOf(tried)))).toBe(false);
});
