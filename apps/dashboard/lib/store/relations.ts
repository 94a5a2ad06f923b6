import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';
import type { Attempt } from './attempts.ts';

/** How an attempt stands to the others. The index keeps the numbers. */
export const RELATIONS = {
  none: 0,
  /** It failed, and a later one made the proxy; or it made it, after one that failed. */
  madeGood: 1,
  /** It was refused, not begun or waits, and the proxy was there already. */
  madeBefore: 2,
  /** It came after the one that decides, without bringing the proxy. */
  later: 3,
  /** It was refused or not begun, and a later one made the proxy. */
  madeSince: 4,
} as const;

export interface Related {
  relation: (typeof RELATIONS)[keyof typeof RELATIONS];
  /** The attempt that made it good, since or before; of one that made a failure good, that failure. */
  other: number | null;
}

const of = (status: ClipStatus) => CLIP_STATUSES.indexOf(status);
const [COMPLETED, FAILED, NOT_MADE] = [of('COMPLETED'), of('FAILED'), of('NOT_MADE')];
const OPEN = new Set([of('WAITING'), of('RUNNING')]);

/**
 * What came before and after each attempt at a proxy. Only what failed can be made good, by the first attempt after it that made the proxy.
 * @param ordered by time
 * @param unmade the attempt that says that the proxy is not there
 */
export function relationsOf(
  ordered: readonly Attempt[],
  unmade: Attempt | undefined,
): ReadonlyMap<number, Related> {
  const related = new Map<number, Related>();
  const there = new MadeFiles();
  let failed: Attempt | undefined;
  for (const attempt of ordered) {
    if (attempt.status === COMPLETED) {
      if (failed !== undefined)
        related.set(attempt.id, { relation: RELATIONS.madeGood, other: failed.id });
      failed = undefined;
    } else if (attempt.status === FAILED) failed = attempt;
    else if (there.last !== undefined && !OPEN.has(attempt.status))
      related.set(attempt.id, { relation: RELATIONS.madeBefore, other: there.last.id });
    there.see(attempt);
  }
  let next: Attempt | undefined;
  for (const attempt of ordered.toReversed()) {
    if (attempt.status === COMPLETED) next = attempt;
    else if (!related.has(attempt.id)) {
      const found = afterwards(attempt, next, there.last);
      if (found !== null) related.set(attempt.id, found);
    }
  }
  if (unmade !== undefined) markLater(ordered, unmade, related);
  return related;
}

/** @param next the first one after it that made the proxy @param there what made the proxy that is there now */
function afterwards(
  { status }: Attempt,
  next: Attempt | undefined,
  there: Attempt | undefined,
): Related | null {
  // What waits will come after everything, whenever it was handed in.
  if (OPEN.has(status))
    return there === undefined ? null : { relation: RELATIONS.madeBefore, other: there.id };
  if (next === undefined) return null;
  if (status === FAILED) return { relation: RELATIONS.madeGood, other: next.id };
  return status === NOT_MADE ? { relation: RELATIONS.madeSince, other: next.id } : null;
}

function markLater(
  ordered: readonly Attempt[],
  unmade: Attempt,
  related: Map<number, Related>,
): void {
  const place = ordered.indexOf(unmade);
  for (const [at, { id, status }] of ordered.entries()) {
    const isAfter = at > place || (OPEN.has(status) && id !== unmade.id);
    if (isAfter && status !== COMPLETED && !related.has(id))
      related.set(id, { relation: RELATIONS.later, other: null });
  }
}

/** The files of a proxy that are there, as attempts go by: one that failed at a file says that it is not there. */
class MadeFiles {
  readonly #files = new Map<string | null, Attempt>();
  /** The one that was made last. */
  last: Attempt | undefined;

  see(attempt: Attempt): void {
    if (attempt.status === COMPLETED) {
      this.#files.delete(attempt.output);
      this.#files.set(attempt.output, attempt);
      this.last = attempt;
    } else if (attempt.status === FAILED && this.#files.delete(attempt.output))
      this.last = [...this.#files.values()].at(-1);
  }
}
