import { describe, expect, it } from 'vitest';
import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';
import { gradesOf } from './grading.ts';
import { RELATIONS } from './relations.ts';

/** Attempts as `STATUS, time, file`; the ids count from 0. @returns those that count, and how the others stand to them */
function graded(...attempts: [ClipStatus, at: number, output?: string][]) {
  const grades = gradesOf(
    attempts.map(([status, at, output = null], id) => {
      return { id, status: CLIP_STATUSES.indexOf(status), at, output };
    }),
  );
  const ids = (test: (id: number) => boolean | undefined) => [...grades.keys()].filter(test);
  const are = (relation: number) => ids((id) => grades.get(id)?.relation === relation);
  return {
    latest: ids((id) => grades.get(id)?.latest),
    good: are(RELATIONS.madeGood),
    before: are(RELATIONS.madeBefore),
    since: are(RELATIONS.madeSince),
    later: are(RELATIONS.later),
  };
}

const nothing = { good: [], before: [], since: [], later: [] };

describe('where a proxy stands', () => {
  it('is what the only attempt at it says', () => {
    expect(graded(['FAILED', 1])).toEqual({ ...nothing, latest: [0] });
  });

  it('is through once a later attempt is, which makes the failure good', () => {
    const expected = { ...nothing, latest: [1], good: [0, 1] };
    expect(graded(['FAILED', 1], ['COMPLETED', 2])).toEqual(expected);
  });

  it('is made since, and nothing is made good, when its job never came to it or was refused', () => {
    expect(graded(['NOT_MADE', 1], ['COMPLETED', 2])).toEqual({
      ...nothing,
      latest: [1],
      since: [0],
    });
  });

  it('was made before a refusal, whatever is made under another name afterwards', () => {
    expect(
      graded(['COMPLETED', 1, 'a.mov'], ['NOT_MADE', 2], ['COMPLETED', 3, 'v2/a.mov']),
    ).toEqual({ ...nothing, latest: [0, 2], before: [1] });
  });

  it('is made good once: by the first that makes it after the failure', () => {
    expect(
      graded(['FAILED', 1, 'a.mov'], ['COMPLETED', 2, 'a.mov'], ['COMPLETED', 3, 'b.mov']),
    ).toEqual({ ...nothing, latest: [1, 2], good: [0, 1] });
  });

  it('was not made before a refusal when a failure took it away', () => {
    expect(graded(['COMPLETED', 1], ['FAILED', 2], ['NOT_MADE', 3])).toEqual({
      ...nothing,
      latest: [1],
      later: [2],
    });
  });

  it('is told by another attempt of each that does not tell it, and the words lead to the right one', () => {
    const grades = gradesOf(
      (['FAILED', 'COMPLETED', 'NOT_MADE', 'COMPLETED'] as const).map((status, id) => {
        const output = status === 'NOT_MADE' ? null : `${id > 1 ? 'b' : 'a'}.mov`;
        return { id, status: CLIP_STATUSES.indexOf(status), at: id, output };
      }),
    );
    const of = (key: 'decider' | 'other') => [0, 1, 2, 3].map((id) => grades.get(id)?.[key]);
    expect(of('decider')).toEqual([1, null, 3, null]);
    expect(of('other')).toEqual([1, 0, 1, null]);
  });

  it('is made good by a retry under another name too, which a proxy in its way may need', () => {
    expect(graded(['FAILED', 1, 'a.mov'], ['COMPLETED', 2, 'a_2.mov'])).toEqual({
      ...nothing,
      latest: [1],
      good: [0, 1],
    });
  });

  it('is failed when a later attempt at the same file failed, in whichever order they are read', () => {
    expect(graded(['FAILED', 2], ['COMPLETED', 1])).toEqual({ ...nothing, latest: [0] });
  });

  it('is two proxies when it was made under two names, or a later one failed', () => {
    expect(graded(['COMPLETED', 1, 'half.mov'], ['COMPLETED', 2, 'full.mov'])).toEqual({
      ...nothing,
      latest: [0, 1],
    });
    expect(graded(['COMPLETED', 1, 'half.mov'], ['FAILED', 2, 'full.mov'])).toEqual({
      ...nothing,
      latest: [0, 1],
    });
  });

  it('stays through when a later job is refused, or waits; nothing was made good by that', () => {
    const expected = { ...nothing, latest: [0], before: [1] };
    expect(graded(['COMPLETED', 1], ['NOT_MADE', 2])).toEqual(expected);
    expect(graded(['COMPLETED', 1], ['WAITING', 2])).toEqual(expected);
    expect(graded(['COMPLETED', 2], ['WAITING', 1])).toEqual(expected);
  });

  it('is not known after a retry whose result can not be read, whatever it was before', () => {
    expect(graded(['FAILED', 1], ['UNKNOWN', 2])).toEqual({ ...nothing, latest: [1] });
    expect(graded(['NOT_MADE', 1], ['UNKNOWN', 2])).toEqual({ ...nothing, latest: [1] });
    expect(graded(['UNKNOWN', 1], ['NOT_MADE', 2]).latest).toEqual([0]);
    expect(graded(['UNKNOWN', 1], ['FAILED', 2]).latest).toEqual([1]);
    expect(graded(['COMPLETED', 1], ['UNKNOWN', 2]).latest).toEqual([0]);
  });

  it('is told by what waits, also where a proxy under another name is younger than its file', () => {
    const attempts = [
      ['COMPLETED', 2, 'a.mov'],
      ['FAILED', 3, 'b.mov'],
      ['WAITING', 1, null],
    ] as const;
    const grades = gradesOf(
      attempts.map(([status, at, output], id) => {
        return { id, status: CLIP_STATUSES.indexOf(status), at, output };
      }),
    );
    expect(grades.get(1)).toMatchObject({ latest: false, decider: 2 });
  });

  it('is not made good where nobody knows whether it failed', () => {
    expect(graded(['UNKNOWN', 1], ['COMPLETED', 2])).toEqual({ ...nothing, latest: [1] });
  });

  it('waits when it is tried again after a failure', () => {
    expect(graded(['FAILED', 1], ['WAITING', 2])).toEqual({ ...nothing, latest: [1] });
    expect(graded(['NOT_MADE', 3], ['WAITING', 2]).latest).toEqual([1]);
  });

  it('is failed when a later job was refused, which came after it', () => {
    expect(graded(['FAILED', 1], ['NOT_MADE', 2])).toEqual({ ...nothing, latest: [0], later: [1] });
  });

  it('is not made when every job stopped before it', () => {
    expect(graded(['NOT_MADE', 1], ['NOT_MADE', 2])).toEqual({ ...nothing, latest: [1] });
  });

  it('is one of two attempts that ended at the same time', () => {
    expect(graded(['COMPLETED', 1], ['COMPLETED', 1])).toEqual({ ...nothing, latest: [1] });
  });
});
