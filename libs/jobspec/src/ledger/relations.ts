import { isToCome, isUnbegun, type Attempt } from './attempt.ts';

/** How an attempt stands to another. */
export type Relation =
  /** It failed, and the other, later, made the proxy; or it made it, after the other had failed. */
  | 'made_good'
  /** It was refused, not begun, or is to come, and the other had made the proxy before. */
  | 'made_before'
  /** It was refused or not begun, and the other made the proxy later. */
  | 'made_since'
  /** It came after the one that counts, and didn't bring the proxy. */
  | 'later';

export interface Related<A> {
  relation: Relation;
  /** The other attempt; `null` for `later`. */
  other: A | null;
}

/**
 * What came before and after each attempt at a proxy. Only what failed can be made good, and once: by the first attempt after it that
 * made the proxy.
 *
 * @param ordered by time
 * @param missing the attempt that says that a proxy is not there
 */
export function relationsOf<A extends Attempt>(
  ordered: readonly A[],
  missing: A | null,
): ReadonlyMap<A, Related<A>> {
  const related = new Map<A, Related<A>>();
  const lastMade = relateToEarlier(ordered, related);
  relateToLater(ordered, lastMade, related);
  if (missing !== null) markLater(ordered, missing, related);
  return related;
}

/** @returns the attempt that made the proxy that is there now, and was made last */
function relateToEarlier<A extends Attempt>(
  ordered: readonly A[],
  related: Map<A, Related<A>>,
): A | undefined {
  const there = new MadeFiles<A>();
  let failed: A | null = null;
  for (const attempt of ordered) {
    if (attempt.state === 'made') {
      if (failed !== null) related.set(attempt, { relation: 'made_good', other: failed });
      failed = null;
    } else if (attempt.state === 'failed') failed = attempt;
    else if (there.last !== undefined && !isToCome(attempt))
      related.set(attempt, { relation: 'made_before', other: there.last });
    there.see(attempt);
  }
  return there.last;
}

function relateToLater<A extends Attempt>(
  ordered: readonly A[],
  lastMade: A | undefined,
  related: Map<A, Related<A>>,
): void {
  let next: A | undefined;
  for (const attempt of ordered.toReversed()) {
    if (attempt.state === 'made') next = attempt;
    else if (!related.has(attempt)) {
      // What is to come will come after everything, whenever it was handed in.
      const other = isToCome(attempt) ? lastMade : next;
      const relation = relationOf(attempt);
      if (other !== undefined && relation !== null) related.set(attempt, { relation, other });
    }
  }
}

/** What an attempt is to one that made the proxy in its place. */
function relationOf(attempt: Attempt): Relation | null {
  if (isToCome(attempt)) return 'made_before';
  if (isUnbegun(attempt)) return 'made_since';
  return attempt.state === 'failed' ? 'made_good' : null;
}

function markLater<A extends Attempt>(
  ordered: readonly A[],
  missing: A,
  related: Map<A, Related<A>>,
): void {
  const place = ordered.indexOf(missing);
  for (const [at, attempt] of ordered.entries()) {
    const isAfter = at > place || (isToCome(attempt) && attempt !== missing);
    if (isAfter && attempt.state !== 'made' && !related.has(attempt))
      related.set(attempt, { relation: 'later', other: null });
  }
}

/** The files of a proxy that are there, as attempts go by: one that failed at a file says that it is not there. */
class MadeFiles<A extends Attempt> {
  readonly #files = new Map<string | null, A>();
  /** The one that was made last. */
  last: A | undefined;

  see(attempt: A): void {
    if (attempt.state === 'made') {
      this.#files.delete(attempt.output);
      this.#files.set(attempt.output, attempt);
      this.last = attempt;
    } else if (attempt.state === 'failed' && this.#files.delete(attempt.output))
      this.last = [...this.#files.values()].at(-1);
  }
}
