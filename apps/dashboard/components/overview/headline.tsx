import type { JobState } from '@app/jobspec/folder';
import { overviewSentence } from '@/lib/format/overview-sentence.ts';
import type { FolderIndex } from '@/lib/index/folder-index.ts';

import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { DEFAULT_QUERY } from '@/lib/query/job-query.ts';
import { selectJobs } from '@/lib/query/select-jobs.ts';
import { throughputByDay } from '@/lib/query/throughput.ts';
import styles from './overview.module.css';

/** The state of everything in one sentence. */
export function Headline({ index }: { index: WatchIndex }) {
  const count = (state: JobState, folders = index.folders) =>
    folders.reduce((sum, { states }) => sum + states[state].count, 0);
  const running = count('running', index.folders.filter(isAtWork));
  const abandoned = count('running') - running;
  const [today] = throughputByDay(selectJobs(index.catalogue, DEFAULT_QUERY), 1, Date.now());
  const { completed, failed } = { completed: 0, failed: 0, ...today };
  const totals = { pending: count('pending'), running, abandoned, completed, failed };
  return <h1 className={styles.headline}>{overviewSentence(totals)}</h1>;
}

function isAtWork({ runner }: FolderIndex): boolean {
  return runner.state === 'running' || runner.state === 'paused';
}
