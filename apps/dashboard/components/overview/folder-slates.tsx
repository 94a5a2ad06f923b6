import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { unclearCounts } from '@/lib/query/unclear-jobs.ts';
import { FolderSlate } from './folder-slate.tsx';
import styles from './overview.module.css';

/** Each watch folder. */
export function FolderSlates({ index }: { index: WatchIndex }) {
  const unclear = unclearCounts(index);
  return (
    <section className={styles.section} aria-labelledby="folders">
      <h2 id="folders">Watch folders</h2>
      <div className={styles.slates}>
        {index.folders.map((folder) => (
          <FolderSlate key={folder.name} folder={folder} unclear={unclear.get(folder.name)} />
        ))}
      </div>
    </section>
  );
}
