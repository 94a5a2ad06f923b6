import { formatCount } from '@/lib/text/quantities.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import styles from './overview.module.css';

/** Says that not everything has been read yet. */
export function IndexingNote({ index }: { index: WatchIndex }) {
  const { indexing } = index;
  if (indexing === null) return null;
  return (
    <p className={styles.progress} role="status">
      Reading the folders: {formatCount(indexing.done)} of {formatCount(indexing.total)} jobs so
      far. Counts are complete, lists are not yet.
    </p>
  );
}
