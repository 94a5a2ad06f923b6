import { byTime, isUnfinished, type Attempt, type AttemptState } from './attempt.ts';

/** Status of one requested proxy. */
export interface ProxyStatus<A> {
  /** `made` if nothing is missing; otherwise the state of the attempt in `missing`. */
  state: AttemptState;
  /** Attempts that made files, one for each file, the latest last. A proxy that failed later may be missing beside them. */
  made: readonly A[];
  /** Attempt that left a proxy missing (it failed, was refused, waits …); `null` if none is missing. */
  missing: A | null;
}

/**
 * Status of a proxy after all attempts at it. A file that was made counts, under each name, whatever was refused or waits
 * since. A failure counts until something is made later, under whichever name: a retry may need another. After an attempt with
 * an unreadable result the state is unknown. Waiting and running attempts count more than earlier failures.
 *
 * Pure, and reads no file: a proxy that was made and moved away since is made.
 *
 * @param attempts all attempts at one proxy (see `proxyKeyOf`), in any order; of those with the same time, the later comes
 * later
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
