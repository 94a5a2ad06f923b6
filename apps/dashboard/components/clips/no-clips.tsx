import Link from 'next/link';
import { NothingYet } from '@/components/text/nothing-yet.tsx';
import type { Reading } from '@/lib/format/so-far.ts';
import { isFiltered, queryString, type JobQuery } from '@/lib/query/job-query.ts';
import styles from '../text/text.module.css';

interface Props {
  index: Reading;
  query: JobQuery;
}

/** Nothing matches: says what to do first. */
export function NoClips({ index, query }: Props) {
  if (index.indexing !== null) return <NothingYet things="clips" />;
  return (
    <section className={styles.empty}>
      <h2>{isFiltered(query) ? 'No clip matches.' : 'No clip yet.'}</h2>
      {isFiltered(query) ? (
        <p>
          {query.clip_state === 'failed' && (
            <>
              A clip that failed counts as to come while a retry of it waits or runs:{' '}
              <Link href={`/clips${queryString({ ...query, clip_state: 'to_come' })}`}>
                clips to come
              </Link>
              .{' '}
            </>
          )}
          {query.q === null
            ? 'No clip has all that is chosen above. Choose less, or'
            : 'Every word must stand in the name or path of a clip or its proxy, or in the name of its job or folder. Try fewer words or shorter ones, or'}{' '}
          <Link href="/clips">show all clips</Link>.
        </p>
      ) : (
        <p>A clip appears here once a job names it.</p>
      )}
    </section>
  );
}
