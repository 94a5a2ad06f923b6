import { IndexingNote } from '@/components/shell/indexing-note.tsx';
import { Notice } from '@/components/text/notice.tsx';
import type { FolderView } from '@/lib/jobs/folder-view.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { Facts } from './facts.tsx';
import { Failure } from './failure.tsx';
import { JobHead } from './job-head.tsx';
import { JobMain, type JobProps } from './job-main.tsx';
import { JobOutcome } from './job-outcome.tsx';
import styles from './job.module.css';

/** Why what follows may not be all, or not be so any more. */
function noticesOf({ row, problem }: OpenJob, folder: FolderView | null): string[] {
  if (folder?.problem != null) return [folder.problem.sentence];
  return problem === null || problem === row.problem ? [] : [problem];
}

/** The whole story of a job, the most pressing first. */
export function JobStory({ index, job, clipPage }: JobProps) {
  const { row, result } = job;
  const folder = index.folder(row.folder);
  return (
    <article className={styles.page}>
      <JobHead job={job} folder={folder} />
      <JobOutcome outcome={row.outcome} className={styles.made} openClassName={styles.soft} />
      <Notice sentences={noticesOf(job, folder)} />
      {!job.isIndexed && <IndexingNote index={index} />}
      {result !== null && <Failure job={job} result={result} />}
      <div className={styles.columns}>
        <JobMain index={index} job={job} clipPage={clipPage} />
        <Facts job={job} />
      </div>
    </article>
  );
}
