import { formatBytes, formatCount } from '../text/quantities.ts';

/** Sums count proxies that other jobs made; their files are not those of the day. */
export function sizeSentence(bytes: number, elsewhere: number): string {
  const others = elsewhere === 0 ? '' : ', without those that other jobs decided';
  return `${formatBytes(bytes)} of proxies${others}.`;
}

/** @param jobs that have not ended */
export function notOverSentence(jobs: number, isToCome: boolean): string {
  if (isToCome) return 'This day has not begun.';
  if (jobs === 0) return 'The day is not over.';
  return jobs === 1
    ? 'The day is not over: one job runs or waits, and only what has ended stands here.'
    : `The day is not over: ${formatCount(jobs)} jobs run or wait, and only what has ended stands here.`;
}

/** Of failures that are none any more. @param when they were made good */
export function goodSentence(good: number, when: string): string {
  return good === 1
    ? `One clip failed first, and was made good ${when}.`
    : `${formatCount(good)} attempts failed first, and were made good ${when}.`;
}
