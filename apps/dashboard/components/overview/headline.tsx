import type { JobState } from '@app/jobspec/folder';
import { overviewSentence } from '@/lib/format/overview-sentence.ts';
import { isAtWork } from '@/lib/jobs/folder-view.ts';
import { secondsWithoutFrame } from '@/lib/jobs/seconds-running.ts';

import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { throughputByDay } from '@/lib/query/throughput.ts';
import styles from './overview.module.css';

/** The state of everything in one sentence. */
export function Headline({ index }: { index: WatchIndex }) {
  const count = (state: JobState, folders = index.folders) =>
    folders.reduce((sum, { counts }) => sum + counts[state], 0);
  const atWork = index.folders.filter(({ runner }) => isAtWork(runner));
  const running = count('running', atWork);
  const still = atWork.flatMap(({ runner }) =>
    runner.active.filter((active) => secondsWithoutFrame(active, runner) !== null),
  ).length;
  const abandoned = count('running') - running;
  const [today] = throughputByDay(index, 1, Date.now());
  const ended = { completed: 0, failed: 0, unclear: 0, ...today };
  const isIndexing = index.indexing !== null;
  const isAway = index.folders.some(({ problem }) => problem !== null && !problem.isNew);
  const totals = {
    ...ended,
    isIndexing,
    isAway,
    pending: count('pending'),
    running,
    still,
    abandoned,
  };
  return <h1 className={styles.headline}>{overviewSentence(totals)}</h1>;
}
