import Link from 'next/link';
import { Name } from '@/components/text/name.tsx';
import { Sentence } from '@/components/text/sentence.tsx';
import { Status } from '@/components/text/status.tsx';
import { resultSentence, undecidedSentence, verdictOf } from '@/lib/format/sentences.ts';
import type { RunnerView } from '@/lib/index/runner-view.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import styles from './job.module.css';

/** Which job this is, and where it stands in a sentence. */
export function JobHead({ job, runner }: { job: OpenJob; runner: RunnerView }) {
  const { row, result } = job;
  const sentence = result === null ? undecidedSentence(row, runner) : resultSentence(result);
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
        <Sentence value={sentence} />
      </p>
    </header>
  );
}
