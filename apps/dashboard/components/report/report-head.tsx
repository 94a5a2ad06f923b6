import Link from 'next/link';
import type { ComponentProps } from 'react';
import { SumsSentence } from '@/components/clips/sums-sentence.tsx';
import { goodSentence, notOverSentence, sizeSentence } from '@/lib/format/report-sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { dayOf } from '@/lib/query/days.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import { JobsWithoutClips } from './jobs-without-clips.tsx';
import { ReportTitle } from './report-title.tsx';
import styles from './report.module.css';

interface Props {
  index: WatchIndex;
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
  return (
    <header className={styles.head}>
      <ReportTitle query={query} day={day} />
      <h1>
        <SumsSentence {...{ index, query, view }} />
      </h1>
      {view.clipless > 0 && <JobsWithoutClips index={index} query={query} />}
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
