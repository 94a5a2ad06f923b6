import { JOB_STATES } from '@app/jobspec/folder';
import { Notice } from '@/components/text/notice.tsx';
import type { FolderView } from '@/lib/jobs/folder-view.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';

interface Props {
  index: Pick<WatchIndex, 'folders'>;
  /** Of which something is shown; `null` for all. */
  folder: string | null;
}

/** Folders that can't be read now: what is shown of them is what was known before. */
export function AwayNote({ index, folder }: Props) {
  const away = index.folders.flatMap(({ name, problem, counts }) =>
    problem === null || problem.isNew || (folder !== null && folder !== name)
      ? []
      : `${name}: ${problem.sentence}${isKnown(counts) ? ' What was known before is shown.' : ''}`,
  );
  return <Notice sentences={away} />;
}

function isKnown(counts: FolderView['counts']): boolean {
  return JOB_STATES.some((state) => counts[state] > 0);
}
