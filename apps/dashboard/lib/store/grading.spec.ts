import { describe, expect, it } from 'vitest';
import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';
import { gradesOf } from './grading.ts';

/** Attempts as `STATUS@time`; the ids count from 0. @returns the latest, and those that were made good */
function graded(...attempts: [ClipStatus, number][]) {
  const grades = gradesOf(
    attempts.map(([status, at], id) => ({ id, status: CLIP_STATUSES.indexOf(status), at })),
  );
  const ids = (test: (id: number) => boolean | undefined) => [...grades.keys()].filter(test);
  return {
    latest: ids((id) => grades.get(id)?.latest),
    good: ids((id) => grades.get(id)?.made_good),
  };
}

describe('where a source stands', () => {
  it('is what its only attempt says', () => {
    expect(graded(['FAILED', 1])).toEqual({ latest: [0], good: [] });
  });

  it('is through once a later attempt is, which makes the failure good', () => {
    expect(graded(['FAILED', 1], ['COMPLETED', 2])).toEqual({ latest: [1], good: [0, 1] });
  });

  it('is failed when a later attempt failed, in whichever order they are read', () => {
    expect(graded(['FAILED', 2], ['COMPLETED', 1])).toEqual({ latest: [0], good: [] });
  });

  it('stays through when a later job is refused, or waits', () => {
    expect(graded(['COMPLETED', 1], ['NOT_MADE', 2]).latest).toEqual([0]);
    expect(graded(['COMPLETED', 1], ['WAITING', 2]).latest).toEqual([0]);
  });

  it('waits when it is tried again after a failure', () => {
    expect(graded(['FAILED', 1], ['WAITING', 2])).toEqual({ latest: [1], good: [] });
    expect(graded(['NOT_MADE', 3], ['WAITING', 2]).latest).toEqual([1]);
  });

  it('is not made when every job stopped before it', () => {
    expect(graded(['NOT_MADE', 1], ['NOT_MADE', 2]).latest).toEqual([1]);
  });

  it('is one of two attempts that ended at the same time', () => {
    expect(graded(['COMPLETED', 1], ['COMPLETED', 1])).toEqual({ latest: [1], good: [] });
  });
});
