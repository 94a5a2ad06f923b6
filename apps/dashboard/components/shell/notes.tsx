import { Notice } from '@/components/text/notice.tsx';
import { alarmsOf } from '@/lib/words/sentences.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { formatCount } from '@/lib/words/quantities.ts';

/** Why a view may not be all, or not as it is now. @param folder that is shown; `null` for all */
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

/** Says that not everything has been read yet, or that nothing is read any more. */
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
