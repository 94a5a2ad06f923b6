import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { AwayNote } from './away-note.tsx';
import { IndexingNote } from './indexing-note.tsx';

/** Why a view may not be all, or not as it is now. @param folder that is shown; `null` for all */
export function ViewNotes({ index, folder }: { index: WatchIndex; folder: string | null }) {
  return (
    <>
      <AwayNote index={index} folder={folder} />
      <IndexingNote index={index} />
    </>
  );
}
