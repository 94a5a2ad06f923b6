import Link from 'next/link';
import { Elapsed } from '@/components/text/elapsed.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { JobStatus } from '@/components/text/job-status.tsx';
import { keptSentence, resultSentence, undecidedSentence } from '@/lib/format/sentences.ts';
import { NO_RUNNER, type FolderView, type RunnerView } from '@/lib/jobs/folder-view.ts';
import { secondsRunning } from '@/lib/jobs/seconds-running.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import styles from './job.module.css';

const LEAD_LIMIT = 600;

/** Which job this is, and where it stands in a sentence. */
interface Props {
  job: OpenJob;
  /** The folder it lies in; `null` before the first look. */
  folder: FolderView | null;
}

export function JobHead({ job, folder }: Props) {
  const { row, result } = job;
  const runner = folder?.runner ?? NO_RUNNER;
  const isAway = folder !== null && folder.problem !== null;
  const sentence = leadOf(job, runner, isAway);
  const seconds = result === null && !isAway ? secondsRunning(row, runner) : null;
  return (
    <header className={styles.head}>
      <Link
        className={styles.back}
        href={`/jobs${queryString({ ...DEFAULT_QUERY, folder: row.folder })}`}
      >
        All jobs in {row.folder}
      </Link>
      <h1>
        <Name value={row.name} />
      </h1>
      <JobStatus row={row} runner={runner} />
      <p className={styles.lead}>
        <Sentence value={sentence} limit={LEAD_LIMIT} />
        {row.state === 'running' && seconds !== null && (
          <>
            {' Running for '}
            <Elapsed seconds={seconds} />.
          </>
        )}
      </p>
    </header>
  );
}

/** What hinders a verdict comes before one. */
function leadOf({ row, result }: OpenJob, runner: RunnerView, isAway: boolean): string {
  if (result !== null) return row.problem ?? resultSentence(result);
  return row.final_status !== null && isAway
    ? keptSentence(row)
    : undecidedSentence(row, runner, isAway);
}
