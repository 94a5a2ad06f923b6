import { inTime, isToCome, type Attempt, type AttemptState } from './attempt.ts';

/** What became of one proxy that was asked for. */
export interface Standing<A> {
  /** `made` when nothing that was asked for is missing; else the state of what says that it is. */
  state: AttemptState;
  /** What is there: one attempt for each file, the latest last. A proxy that failed later may be missing beside it. */
  made: readonly A[];
  /** The attempt that says that a proxy is not there: it failed, was refused, waits …; `null` when none is missing. */
  missing: A | null;
}

/**
 * The one rule of what became of a proxy. What was made is there whatever is refused or waits since, under each name that it was made
 * under. A failure counts until something is made later, under whichever name: a retry may need another. Nobody can tell after an
 * attempt whose result can't be read. What waits or is being made counts more than what failed before.
 *
 * Pure, and it looks at no file: a proxy that was made and moved away since is made.
 *
 * @param attempts all attempts at one proxy (see `proxyKeyOf`), in any order; of those with the same time, the later is given later
 * @throws RangeError without an attempt
 */
export function standingOf<A extends Attempt>(attempts: readonly A[]): Standing<A> {
  const { made, missing } = currentOf(inTime(attempts));
  if (missing === null && made.length === 0)
    throw new RangeError('a proxy that nobody has asked for stands nowhere');
  return { state: missing?.state ?? 'made', made, missing };
}

/** A proxy is missing, nothing that waits or runs will bring it, and it is known to be missing: somebody has to ask for it again. */
export function isLeft({ missing }: Standing<Attempt>): boolean {
  return missing !== null && missing.state !== 'unknown' && !isToCome(missing);
}

/** What is there, and the attempt that says that something is not. */
function currentOf<A extends Attempt>(ordered: readonly A[]): { made: A[]; missing: A | null } {
  const files = new Map<string | null, A>();
  for (const attempt of ordered)
    if (attempt.state === 'made' || attempt.state === 'failed') files.set(attempt.output, attempt);
  const made = inTime([...files.values()].filter(({ state }) => state === 'made'));
  const lastMade = made.at(-1);
  const tries = lastMade === undefined ? ordered : ordered.slice(ordered.indexOf(lastMade) + 1);
  const failed = tries.findLast(({ state }) => state === 'failed');
  if (lastMade !== undefined && failed === undefined) return { made, missing: null };
  const open = ordered.findLast(isToCome);
  const tried = ordered.findLast(({ state }) => state === 'failed' || state === 'unknown');
  return { made, missing: open ?? tried ?? ordered.at(-1) ?? null };
}
