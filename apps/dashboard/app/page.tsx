import { FirstSteps, waitsForFirstJob } from '@/components/overview/first-steps.tsx';
import { FolderSlate } from '@/components/overview/folder-slate.tsx';
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
      <section className={styles.section} aria-labelledby="folders">
        <h2 id="folders">Watch folders</h2>
        <div className={styles.slates}>
          {index.folders.map((folder) => (
            <FolderSlate key={folder.name} folder={folder} />
          ))}
        </div>
      </section>
      {waitsForFirstJob(index) ? (
        <FirstSteps index={index} />
      ) : (
        <>
          <div className={styles.columns}>
            <div className={styles.stack}>
              <RunningJobs index={index} />
              <Pace index={index} />
            </div>
            <LatestFailures index={index} />
          </div>
          <ThroughputCharts index={index} />
        </>
      )}
    </div>
  );
}
