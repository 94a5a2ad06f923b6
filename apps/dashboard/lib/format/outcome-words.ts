import type { JobOutcome, Retry } from '../jobs/job-row.ts';
import { counted, formatCount } from '../text/quantities.ts';

/** What became of clips that a job did not make. */
export type Made = 'good' | 'since' | 'before' | 'both';

/** What became of the clips that jobs of one cause left. */
export interface CauseClips {
  /** That only clips of so many of its jobs, the latest, are counted; `null` when all are. */
  latest: number | null;
  /** Clips that no proxy is there of, whoever has taken care of it. */
  open: number;
  /** No proxy of these either: the attempt that says so failed for another cause, and they are open there. */
  elsewhere: number;
  /** Nobody can tell whether there is one. */
  unclear: number;
  /** Of those that are open: a job asks for them that waits or runs. */
  retried: number;
  /** Of those that are open: a job asks for them that lies in running/ without a runner at work. */
  left: number;
  /** When all of their proxies are there: whether they came after the failure, were there before it, or some of them so; otherwise `null`. */
  made: Made | null;
}

/**
 * Whether all of them are made by now. Only what failed is made good.
 * @returns `null` while one is not
 */
export function madeOf({
  unmade,
  good,
  since,
  before,
}: Pick<JobOutcome, 'unmade' | 'good' | 'since' | 'before'>): Made | null {
  if (unmade === 0 || since + before < unmade) return null;
  if (before > 0) return since === 0 ? 'before' : 'both';
  return good > 0 ? 'good' : 'since';
}

const WORDS: Record<Made, string> = {
  good: 'Made good since by',
  since: 'Made since by',
  before: 'The proxies had been made before, by',
  both: 'The proxies are made: some before, the others since, by',
};

/** What became of the clips that a failed job did not make; the job that made them is named after it. `null` when nothing did. */
export function outcomeWords(outcome: JobOutcome): string | null {
  const made = madeOf(outcome);
  if (made !== null) return WORDS[made];
  const { unmade, since, before, isOwnUnclear } = outcome;
  const some = since + before;
  if (some === 0) return null;
  const asked = isOwnUnclear ? 'asked for' : 'did not make';
  return `Of ${formatCount(unmade)} clips that it ${asked}, ${formatCount(some)} ${some === 1 ? 'is' : 'are'} made, by`;
}

/** That a job is to make what is open of another one; it is named after the words. */
export function retryWords(
  { open, retried }: Pick<JobOutcome, 'open' | 'retried'>,
  retry: Pick<Retry, 'state' | 'isAtWork'>,
): string {
  return `A retry${partOf(' of', retried, open)} ${placeOf(retry)}:`;
}

/** The same of several jobs. */
export function retriesWords({
  open,
  retried,
  retryJobs,
}: Pick<JobOutcome, 'open' | 'retried' | 'retryJobs'>): string {
  const part = partOf('', retried, open) || ' all clips that are open';
  return `${formatCount(retryJobs)} retries ask for${part}:`;
}

/** Where one of several retries is. */
export function placeOf({ state, isAtWork }: Pick<Retry, 'state' | 'isAtWork'>): string {
  if (state === 'pending')
    return isAtWork ? 'waits' : 'waits, and no runner is at work on its folder';
  return isAtWork ? 'runs' : 'lies in running/, and no runner is at work on it';
}

function partOf(before: string, retried: number, open: number): string {
  return retried < open ? `${before} ${formatCount(retried)} of ${formatCount(open)} clips` : '';
}

/** That nobody can tell whether clips of a failed job are made by now; the job that leaves it unclear is named after the words. */
export function unclearWords({ unclear, unmade }: Pick<JobOutcome, 'unclear' | 'unmade'>): string {
  const are = unclear === 1 ? 'is' : 'are';
  return `Whether ${formatCount(unclear)} of ${counted(unmade, 'clip')} ${are} made since is not known. See the result of`;
}
