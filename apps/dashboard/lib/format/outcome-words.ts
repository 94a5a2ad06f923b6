import type { JobOutcome, Retry } from '../jobs/job-row.ts';
import { formatCount } from '../text/quantities.ts';

/** What became of clips that a job did not make. */
export type Made = 'good' | 'since' | 'before' | 'both';

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
  const { unmade, since, before } = outcome;
  const some = since + before;
  if (some === 0) return null;
  return `Of ${formatCount(unmade)} clips that it did not make, ${formatCount(some)} ${some === 1 ? 'is' : 'are'} made, by`;
}

/** That a job is to make what is open of another one; it is named after the words. */
export function retryWords(
  { open, retried }: Pick<JobOutcome, 'open' | 'retried'>,
  { state, isAtWork }: Pick<Retry, 'state' | 'isAtWork'>,
): string {
  const part = retried < open ? ` of ${formatCount(retried)} of ${formatCount(open)} clips` : '';
  if (state === 'pending') return `A retry${part} waits:`;
  return isAtWork
    ? `A retry${part} runs:`
    : `A retry${part} lies in running/, and no runner is at work on it:`;
}
