import { counted, formatCount } from '../text/quantities.ts';

export interface Totals {
  pending: number;
  running: number;
  /** Running jobs whose encoder makes no new frame. */
  still: number;
  /** In running/, but no runner is at work there. */
  abandoned: number;
  /** A folder can't be read now: what is missing from these may be there. */
  isAway: boolean;
  /** Of today. */
  completed: number;
  failed: number;
  /** Of today too: nobody can tell what became of them. */
  unclear: number;
  /** Not everything that ended today may have been read. */
  isIndexing: boolean;
}

/** What a producer wants to know first. */
export function overviewSentence({
  pending,
  running,
  still,
  abandoned,
  isAway,
  completed,
  failed,
  unclear,
  isIndexing,
}: Totals): string {
  const now =
    running > 0
      ? `${counted(running, 'job')} running${stillWords(still, running)}${pending > 0 ? `, ${formatCount(pending)} waiting` : ''}.`
      : pending > 0
        ? `Nothing is running, ${counted(pending, 'job')} waiting.`
        : isAway
          ? 'What is running or waiting is not known: a folder can’t be read.'
          : 'Nothing is running or waiting.';
  const left =
    abandoned > 0 ? ` ${counted(abandoned, 'job')} in running/ without a runner at work.` : '';
  return `${now}${left} ${todaySentence(completed, failed, unclear, isIndexing)}`;
}

function stillWords(still: number, running: number): string {
  if (still === 0) return '';
  return running === 1 ? ', without a new frame' : ` (${formatCount(still)} without a new frame)`;
}

function todaySentence(
  completed: number,
  failed: number,
  unclear: number,
  isIndexing: boolean,
): string {
  if (completed + failed + unclear === 0)
    return isIndexing ? 'Nothing read so far has ended today.' : 'Nothing has ended today.';
  const done = `${formatCount(completed)} completed`;
  const unknown = unclear === 0 ? '' : `, ${formatCount(unclear)} not known`;
  return `Today ${done}, ${failed === 0 ? 'none' : formatCount(failed)} failed${unknown}${isIndexing ? ', so far' : ''}.`;
}
