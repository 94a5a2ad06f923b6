import { overviewSentence } from '@/lib/format/overview-sentence.ts';
import type { JobState } from '@/lib/index/job-row.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { DEFAULT_QUERY } from '@/lib/query/job-query.ts';
import { selectJobs } from '@/lib/query/select-jobs.ts';
import { throughputByDay } from '@/lib/query/throughput.ts';
import styles from './overview.module.css';

/** The state of everything in one sentence. */
export function Headline({ index }: { index: WatchIndex }) {
  const count = (state: JobState) =>
    index.folders.reduce((sum, { states }) => sum + states[state].count, 0);
  const [today] = throughputByDay(selectJobs(index.catalogue, DEFAULT_QUERY), 1, Date.now());
  const totals = { completed: 0, ...today, pending: count('pending'), running: count('running') };
  return <h1 className={styles.headline}>{overviewSentence({ failed: 0, ...totals })}</h1>;
}
