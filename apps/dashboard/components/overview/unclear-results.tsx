import Link from 'next/link';
import { Name, Sentence } from '@/components/text/words.tsx';
import { Status } from '@/components/text/status.tsx';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { unclearJobs } from '@/lib/query/unclear-jobs.ts';
import { counted } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

const SHOWN = 5;

/** Jobs of which nobody can tell what became of them; nothing when there is none. */
export function UnclearResults({ index }: { index: WatchIndex }) {
  const { total, first } = unclearJobs(index, SHOWN);
  if (total === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="unclear">
      <h2 id="unclear">Results to look at</h2>
      <p>
        What became of {counted(total, 'job')} is not known, though{' '}
        {total === 1 ? 'it lies' : 'they lie'} in completed/ or failed/.
      </p>
      <ul className={styles.list}>
        {first.map((job) => (
          <li key={job.id} className={styles.item} data-open>
            <Link href={jobPath(job)}>
              <Name value={job.name} />
            </Link>
            <span className={styles.detail}>
              <Status verdict="unclear" />
              <Sentence value={job.problem ?? ''} limit={240} />
            </span>
          </li>
        ))}
      </ul>
      {total > first.length && (
        <p>
          And {total - first.length} more:{' '}
          <Link href="/clips?clip_state=not_known">all clips that are not known</Link>
        </p>
      )}
    </section>
  );
}
