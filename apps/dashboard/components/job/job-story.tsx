import { Notice } from '@/components/text/notice.tsx';
import type { FolderIndex } from '@/lib/index/folder-index.ts';
import { NO_RUNNER } from '@/lib/index/runner-view.ts';
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
  job: OpenJob;
  folder: FolderIndex | null;
  clipPage: number;
}

/** The whole story of a job, the most pressing first. */
export function JobStory({ job, folder, clipPage }: Props) {
  const { row, result, problem } = job;
  const api = apiJobPath(row);
  return (
    <article className={styles.page}>
      <JobHead job={job} runner={folder?.runner ?? NO_RUNNER} />
      <Notice sentences={problem === null || problem === row.problem ? [] : [problem]} />
      {result !== null && <Failure row={row} result={result} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          {result !== null && <Recovery result={result} />}
          <NextSteps row={row} result={result} folderPath={folder?.path ?? ''} />
          {result !== null && <Clips row={row} result={result} page={clipPage} />}
          <Sources job={job} />
          <section className={styles.section} aria-labelledby="files">
            <h2 id="files">Files</h2>
            <RawFile title="JobSpec" text={job.jobspecText} href={api} />
            <RawFile title="Result" text={job.resultText} href={api} />
          </section>
        </div>
        <Facts job={job} />
      </div>
    </article>
  );
}
