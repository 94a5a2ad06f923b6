import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/name.tsx';
import { Sentence } from '@/components/text/sentence.tsx';
import { Status } from '@/components/text/status.tsx';
import { plainReason } from '@/lib/format/plain-reason.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import { verdictOf } from '@/lib/format/sentences.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { failedSourceOf } from '@/lib/query/clip-rows.ts';
import { selectPage } from '@/lib/query/select-jobs.ts';
import styles from './overview.module.css';

const SHOWN = 6;
const REASON_LIMIT = 240;
const FAILED = { ...DEFAULT_QUERY, state: 'failed', pageSize: SHOWN } as const;

/** What failed last, and why. */
export function LatestFailures({ index }: { index: WatchIndex }) {
  const { rows, total } = selectPage(index, FAILED);
  return (
    <section className={styles.section} aria-labelledby="failures">
      <h2 id="failures">Latest failures</h2>
      {rows.length === 0 ? (
        <p className={styles.soft}>No job has failed.</p>
      ) : (
        <ul className={styles.list}>
          {rows.map((row) => (
            <Failure key={jobPath(row)} index={index} row={row} />
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

function Failure({ index, row }: { index: WatchIndex; row: JobRow }) {
  const source = failedSourceOf(index, row);
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
        <Sentence
          value={row.problem ?? plainReason(row.failure_type, row.failure_reason)}
          limit={REASON_LIMIT}
        />
      </span>
    </li>
  );
}
