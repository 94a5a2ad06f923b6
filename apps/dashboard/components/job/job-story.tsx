import { Notice } from '@/components/text/notice.tsx';
import type { FolderView } from '@/lib/jobs/folder-view.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { apiJobPath } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { Clips } from './clips.tsx';
import { Facts } from './facts.tsx';
import { Failure } from './failure.tsx';
import { JobHead } from './job-head.tsx';
import { NextSteps } from './next-steps.tsx';
import { RawFile } from './raw-file.tsx';
import { Recovery } from './recovery.tsx';
import { Sources } from './sources.tsx';
import styles from './job.module.css';

interface Props {
  index: WatchIndex;
  job: OpenJob;
  clipPage: number;
}

/** Why what follows may not be all, or not be so any more. */
function noticesOf({ row, problem }: OpenJob, folder: FolderView | null): string[] {
  if (folder?.problem != null) return [folder.problem.sentence];
  return problem === null || problem === row.problem ? [] : [problem];
}

/** The whole story of a job, the most pressing first. */
export function JobStory({ index, job, clipPage }: Props) {
  const { row, result } = job;
  const folder = index.folder(row.folder);
  const api = apiJobPath(row);
  return (
    <article className={styles.page}>
      <JobHead job={job} folder={folder} />
      <Notice sentences={noticesOf(job, folder)} />
      {result !== null && <Failure job={job} result={result} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          {result !== null && <Recovery result={result} />}
          <NextSteps row={row} result={result} folderPath={folder?.path ?? ''} />
          {result !== null && <Clips job={job} result={result} page={clipPage} />}
          <Sources index={index} job={job} />
          <section className={styles.section} aria-labelledby="files">
            <h2 id="files">Files</h2>
            <RawFile title="JobSpec" file={job.jobspecFile} href={api} />
            <RawFile title="Result" file={job.resultFile} href={api} />
          </section>
        </div>
        <Facts job={job} />
      </div>
    </article>
  );
}
