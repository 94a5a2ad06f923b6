import Link from 'next/link';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { isCauseOpen } from '@/lib/format/sentences.ts';
import { latestCauses } from '@/lib/query/causes.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import { FailureItem } from './failure-item.tsx';
import { UnclearResults } from './unclear-results.tsx';
import styles from './overview.module.css';

const SHOWN = 8;

/** What nobody can tell of; and what failed lately, by its cause: what is still open first. */
export function LatestFailures({ index }: { index: WatchIndex }) {
  const causes = latestCauses(index, SHOWN, Date.now());
  const ordered = causes.toSorted((a, b) => Number(isCauseOpen(b)) - Number(isCauseOpen(a)));
  return (
    <div className={styles.stack}>
      <UnclearResults index={index} />
      <section className={styles.section} aria-labelledby="failures">
        <h2 id="failures">Latest failures, by cause</h2>
        {causes.length === 0 ? (
          <p className={styles.soft}>
            {index.indexing === null
              ? 'No job has failed in the last 14 days.'
              : 'No job read so far has failed in the last 14 days.'}
          </p>
        ) : (
          <ul className={styles.list}>
            {ordered.map((cause) => (
              <FailureItem key={cause.job.id} cause={cause} />
            ))}
          </ul>
        )}
        <p>
          <Link href={`/jobs${queryString({ ...DEFAULT_QUERY, state: 'failed' })}`}>
            All failed jobs
          </Link>
        </p>
      </section>
    </div>
  );
}
