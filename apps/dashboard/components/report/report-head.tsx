import Link from 'next/link';
import type { ComponentProps } from 'react';
import { SumsSentence } from '@/components/clips/sums-sentence.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import type { Reading } from '@/lib/format/so-far.ts';
import { dayOf, timeZone } from '@/lib/query/days.ts';
import { FILTERS, FILTER_NAMES } from '@/lib/query/filters.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import { formatBytes, formatCount } from '@/lib/text/quantities.ts';
import styles from './report.module.css';

interface Props {
  index: Reading;
  query: JobQuery;
  /** `YYYY-MM-DD`. */
  day: string;
  view: ComponentProps<typeof SumsSentence>['view'];
  /** Of the proxies; 0 where not all are known. */
  bytes: number;
  /** Failures of the day that were made good before it ended. */
  good: number;
  /** Jobs that have not ended yet; `null` when the day is over. */
  toEnd: number | null;
}

/** Which day this is, and what was done on it in a sentence. */
export function ReportHead({ index, query, day, view, bytes, good, toEnd }: Props) {
  const part = partOf(query);
  return (
    <header className={styles.head}>
      <p className={styles.day}>
        {day}, {timeZone()}
        {query.folder !== null && (
          <>
            {' · '}
            <Name value={query.folder} />
          </>
        )}
      </p>
      {part !== null && (
        <p className={styles.day}>
          <Sentence value={part} limit={1200} />
        </p>
      )}
      <h1>
        <SumsSentence {...{ index, query, view }} />
      </h1>
      {toEnd !== null && <p>{notOverSentence(toEnd, day > dayOf(Date.now()))}</p>}
      {good > 0 && <p>{goodSentence(good, toEnd === null ? 'before the day ended' : 'since')}</p>}
      {bytes > 0 && <p>{sizeSentence(bytes, view.sums.elsewhere)}</p>}
      <p className={styles.tools}>
        Print this page, or save it as PDF, with the browser.{' '}
        <Link href={`/clips${queryString({ ...query, page: 1, pageSize: 50 })}`}>
          These clips as a list
        </Link>
      </p>
    </header>
  );
}

/** Sums count proxies that other jobs made; their files are not those of the day. */
function sizeSentence(bytes: number, elsewhere: number): string {
  const others = elsewhere === 0 ? '' : ', without those that other jobs decided';
  return `${formatBytes(bytes)} of proxies${others}.`;
}

function notOverSentence(jobs: number, isToCome: boolean): string {
  if (isToCome) return 'This day has not begun.';
  if (jobs === 0) return 'The day is not over.';
  return jobs === 1
    ? 'The day is not over: one job runs or waits, and only what has ended stands here.'
    : `The day is not over: ${formatCount(jobs)} jobs run or wait, and only what has ended stands here.`;
}

function goodSentence(good: number, when: string): string {
  return good === 1
    ? `One clip failed first, and was made good ${when}.`
    : `${formatCount(good)} attempts failed first, and were made good ${when}.`;
}

/** What of the day is left out, for who has only the paper; `null` when nothing is. */
function partOf(query: JobQuery): string | null {
  const set = FILTER_NAMES.flatMap((name) => {
    const value = name === 'day' || name === 'folder' ? null : query[name];
    return value === null ? [] : `${FILTERS[name].label}: “${value}”`;
  });
  return set.length === 0 ? null : `Only a part of this day. ${set.join(', ')}.`;
}
