import { Notice } from '@/components/text/notice.tsx';
import { alarmsOf } from '@/lib/words/sentences.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { formatCount } from '@/lib/words/quantities.ts';

/** Notes on a list that may be incomplete or out of date. @param folder filter; `null` for all */
export function Notes({ index, folder }: { index: WatchIndex; folder: string | null }) {
  const sentences = alarmsOf(index.folders)
    .filter((one) => folder === null || folder === one.folder.name)
    .map((one) => `${one.folder.name}: ${one.sentence}`);
  return (
    <>
      <Notice sentences={sentences} />
      <IndexingNote index={index} />
    </>
  );
}

/** Note that indexing is in progress or has failed. */
export function IndexingNote({ index: { indexing, problem } }: { index: WatchIndex }) {
  if (problem === null && indexing === null) return null;
  return (
    <p className="note" data-of="running" role="status">
      {problem !== null
        ? `${problem} Showing the last known state.`
        : `Indexing: ${formatCount(indexing?.done ?? 0)} of ${formatCount(indexing?.total ?? 0)} jobs. Lists, totals and search are incomplete until it’s done.`}
    </p>
  );
}
