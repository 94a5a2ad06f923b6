import { JOB_STATES } from '@app/jobspec/folder';
import { FirstSteps } from '@/components/overview/first-steps.tsx';
import { FolderSlate } from '@/components/overview/folder-slate.tsx';
import { Headline } from '@/components/overview/headline.tsx';
import { IndexingNote } from '@/components/overview/indexing-note.tsx';
import { LatestFailures } from '@/components/overview/latest-failures.tsx';
import styles from '@/components/overview/overview.module.css';
import { RunningJobs } from '@/components/overview/running-jobs.tsx';
import { ThroughputCharts } from '@/components/overview/throughput.tsx';
import type { FolderView } from '@/lib/jobs/folder-view.ts';

import { watchIndex } from '@/lib/live/watch-index.ts';

function isUsable({ problem }: FolderView): boolean {
  return problem === null || problem.isNew;
}

export default function OverviewPage() {
  const index = watchIndex();
  const isEmpty =
    index.indexing === null &&
    index.folders.every(({ counts }) => JOB_STATES.every((state) => counts[state] === 0)) &&
    index.folders.some(isUsable);
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
      {isEmpty ? (
        <FirstSteps folder={index.folders.find(isUsable)?.path ?? ''} />
      ) : (
        <>
          <div className={styles.columns}>
            <RunningJobs index={index} />
            <LatestFailures index={index} />
          </div>
          <ThroughputCharts index={index} />
        </>
      )}
    </div>
  );
}
