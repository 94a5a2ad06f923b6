import Link from 'next/link';
import { Elapsed } from '@/components/text/elapsed.tsx';
import { Name } from '@/components/text/name.tsx';
import { Sentence } from '@/components/text/sentence.tsx';
import { Status } from '@/components/text/status.tsx';
import { resultSentence, undecidedSentence, verdictOf } from '@/lib/format/sentences.ts';
import { secondsRunning, type RunnerView } from '@/lib/index/runner-view.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import styles from './job.module.css';

const LEAD_LIMIT = 600;

/** Which job this is, and where it stands in a sentence. */
export function JobHead({ job, runner }: { job: OpenJob; runner: RunnerView }) {
  const { row, result } = job;
  const sentence = leadOf(job, runner);
  const seconds = result === null ? secondsRunning(row, runner) : null;
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
      <Status verdict={verdictOf(row)} />
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
export function leadOf({ row, result }: OpenJob, runner: RunnerView): string {
  if (row.problem !== null) return row.problem;
  return result === null ? undecidedSentence(row, runner) : resultSentence(result);
}
