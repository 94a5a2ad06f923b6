import { formatCount } from '@/lib/text/quantities.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import styles from './shell.module.css';

/** Says that not everything has been read yet, or that nothing is read any more. */
export function IndexingNote({ index }: { index: WatchIndex }) {
  const { indexing, problem } = index;
  if (problem !== null)
    return (
      <p className={styles.progress} role="status">
        {problem} What was known before is shown.
      </p>
    );
  if (indexing === null) return null;
  return (
    <p className={styles.progress} role="status">
      Reading the folders: {formatCount(indexing.done)} of {formatCount(indexing.total)} jobs so
      far, the latest first. What isn’t read yet is missing from lists, sums and searches.
    </p>
  );
}
