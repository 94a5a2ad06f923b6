import Link from 'next/link';
import { NothingYet } from '@/components/text/nothing-yet.tsx';
import type { Reading } from '@/lib/format/so-far.ts';
import styles from '../text/text.module.css';

interface Props {
  index: Reading;
  isFiltered: boolean;
}

/** Nothing matches: says what to do first. */
export function NoJobs({ index, isFiltered }: Props) {
  if (index.indexing !== null) return <NothingYet things="jobs" />;
  return (
    <section className={styles.empty}>
      <h2>{isFiltered ? 'No job matches.' : 'No job yet.'}</h2>
      {isFiltered ? (
        <p>
          A search looks through names and ids of jobs, and through the paths of sources and
          proxies. Try a shorter part of the name, or <Link href="/jobs">show all jobs</Link>.
        </p>
      ) : (
        <p>
          Drop a JobSpec into the pending folder of a watch folder. It appears here within seconds.
        </p>
      )}
    </section>
  );
}
