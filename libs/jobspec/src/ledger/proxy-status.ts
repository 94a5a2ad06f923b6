import { byTime, isUnfinished, type Attempt, type AttemptState } from './attempt.ts';

/** Status of one requested proxy. */
export interface ProxyStatus<A> {
  /** `made` if nothing is missing; otherwise the state of the attempt in `missing`. */
  state: AttemptState;
  /**
   * Attempts that made files, one for each file, the latest last. A later attempt may have failed all the same; it is
   * then in `missing`.
   */
  made: readonly A[];
  /** Attempt that left a proxy missing (it failed, was refused, waits …); `null` if none is missing. */
  missing: A | null;
}

/**
 * Status of a proxy after all attempts at it. A file that was made counts, under any name, even if later attempts were
 * refused or are waiting. A failure counts until a file is made later, under any name: a retry may need another one.
 * After an attempt with an unreadable result the state is unknown. Waiting and running attempts count more than earlier
 * failures.
 *
 * Pure, and reads no file: a proxy that was made and moved away since is made.
 *
 * @param attempts all attempts at one proxy (see `proxyKeyOf`), in any order; those with equal times are taken in the
 * order given
 * @throws RangeError without an attempt
 */
export function proxyStatus<A extends Attempt>(attempts: readonly A[]): ProxyStatus<A> {
  const { made, missing } = currentOf(byTime(attempts));
  if (missing === null && made.length === 0)
    throw new RangeError('a proxy without an attempt has no status');
  return { state: missing?.state ?? 'made', made, missing };
}

/** True if a proxy is known to be missing, and no waiting or running attempt will make it: somebody has to request it again. */
export function needsRetry({ missing }: ProxyStatus<Attempt>): boolean {
  return missing !== null && missing.state !== 'unknown' && !isUnfinished(missing);
}

/** Attempts that made the existing files, and the attempt that left one missing. */
function currentOf<A extends Attempt>(ordered: readonly A[]): { made: A[]; missing: A | null } {
  const files = new Map<string | null, A>();
  for (const attempt of ordered)
    if (attempt.state === 'made' || attempt.state === 'failed') files.set(attempt.output, attempt);
  const made = byTime([...files.values()].filter(({ state }) => state === 'made'));
  const lastMade = made.at(-1);
  const tries = lastMade === undefined ? ordered : ordered.slice(ordered.indexOf(lastMade) + 1);
  const failed = tries.findLast(({ state }) => state === 'failed');
  if (lastMade !== undefined && failed === undefined) return { made, missing: null };
  const open = ordered.findLast(isUnfinished);
  const tried = ordered.findLast(({ state }) => state === 'failed' || state === 'unknown');
  return { made, missing: open ?? tried ?? ordered.at(-1) ?? null };
}
