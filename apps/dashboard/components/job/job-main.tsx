import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { apiJobPath } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { Clips } from './clips.tsx';
import { NextSteps } from './next-steps.tsx';
import { RawFile } from './raw-file.tsx';
import { Recovery } from './recovery.tsx';
import { TimingChart } from './timing-chart.tsx';
import { Sources } from './sources.tsx';
import styles from './job.module.css';

export interface JobProps {
  index: WatchIndex;
  job: OpenJob;
  clipPage: number;
}

/** What happened, what to do next, the clips, and the files themselves. */
export function JobMain({ index, job, clipPage }: JobProps) {
  const { row, result } = job;
  const folder = index.folder(row.folder);
  const api = apiJobPath(row);
  return (
    <div className={styles.main}>
      {result !== null && <Recovery result={result} />}
      <NextSteps job={job} folderPath={folder?.path ?? ''} />
      {result !== null && <Clips {...{ index, job, result }} page={clipPage} />}
      {result !== null && <TimingChart result={result} clips={job.clips} />}
      <Sources index={index} job={job} />
      <section className={styles.section} aria-labelledby="files">
        <h2 id="files">Files</h2>
        <RawFile title="JobSpec" file={job.jobspecFile} href={api} />
        <RawFile title="Result" file={job.resultFile} href={api} />
      </section>
    </div>
  );
}
