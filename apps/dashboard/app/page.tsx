import { FirstSteps, waitsForFirstJob } from '@/components/overview/first-steps.tsx';
import { FolderSlates } from '@/components/overview/folder-slates.tsx';
import { Headline } from '@/components/overview/headline.tsx';
import { IndexingNote } from '@/components/shell/indexing-note.tsx';
import { LatestFailures } from '@/components/overview/latest-failures.tsx';
import { Pace } from '@/components/overview/pace.tsx';
import { RunningJobs } from '@/components/overview/running-jobs.tsx';
import { ThroughputCharts } from '@/components/overview/throughput.tsx';

import styles from '@/components/overview/overview.module.css';
import { watchIndex } from '@/lib/live/watch-index.ts';

export default function OverviewPage() {
  const index = watchIndex();
  return (
    <div className={styles.page}>
      <Headline index={index} />
      <IndexingNote index={index} />
      <FolderSlates index={index} />
      {waitsForFirstJob(index) ? (
        <FirstSteps index={index} />
      ) : (
        <div className={styles.parts}>
          <div className={`${styles.stack} ${styles.now}`}>
            <RunningJobs index={index} />
            <Pace index={index} />
          </div>
          <div className={styles.failures}>
            <LatestFailures index={index} />
          </div>
          <div className={`${styles.stack} ${styles.amounts}`}>
            <ThroughputCharts index={index} />
          </div>
        </div>
      )}
    </div>
  );
}
