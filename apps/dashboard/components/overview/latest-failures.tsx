import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/name.tsx';
import { Sentence } from '@/components/text/sentence.tsx';
import { Status } from '@/components/text/status.tsx';
import { NEXT_STEPS } from '@/lib/format/next-steps.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import { verdictOf } from '@/lib/format/sentences.ts';
import type { JobRow } from '@/lib/index/job-row.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { failedSourceOf } from '@/lib/query/open-job.ts';
import { selectPage } from '@/lib/query/select-jobs.ts';
import styles from './overview.module.css';

const SHOWN = 6;
const REASON_LIMIT = 240;
const FAILED = { ...DEFAULT_QUERY, state: 'failed', pageSize: SHOWN } as const;

/** What failed last, and why. */
export function LatestFailures({ index }: { index: WatchIndex }) {
  const { rows, total } = selectPage(index.catalogue, FAILED);
  return (
    <section className={styles.section} aria-labelledby="failures">
      <h2 id="failures">Latest failures</h2>
      {rows.length === 0 ? (
        <p className={styles.soft}>No job has failed.</p>
      ) : (
        <ul className={styles.list}>
          {rows.map((row) => (
            <Failure key={jobPath(row)} row={row} />
          ))}
        </ul>
      )}
      {total > SHOWN && (
        <p>
          <Link href={`/jobs${queryString({ ...DEFAULT_QUERY, state: 'failed' })}`}>
            All failed jobs
          </Link>
        </p>
      )}
    </section>
  );
}

function Failure({ row }: { row: JobRow }) {
  const source = failedSourceOf(row);
  return (
    <li className={styles.item}>
      <Link href={jobPath(row)}>
        <Name value={row.name} />
      </Link>
      <span className={styles.aside}>
        <Moment at={row.when} />
      </span>
      <span className={styles.detail}>
        <Status verdict={verdictOf(row)} />
        {source !== null && <Name value={fileNameOf(source)} limit={160} />}
        <Sentence value={plainReason(row)} limit={REASON_LIMIT} />
      </span>
    </li>
  );
}

/** An interruption is said in full by what it means. */
function plainReason({ failure_type, failure_reason, problem }: JobRow): string {
  if (problem !== null) return problem;
  if (failure_type === 'RunnerInterrupted') return NEXT_STEPS.RunnerInterrupted.means;
  const means = failure_type === null ? [] : [NEXT_STEPS[failure_type].means];
  return [...means, failure_reason ?? 'No reason was given.'].join(' ');
}
