import { Notice } from '@/components/text/notice.tsx';
import { isAtWork, type FolderView } from '@/lib/jobs/folder-view.ts';

interface Props {
  index: { folders: readonly FolderView[] };
  /** Of which something is shown; `null` for all. */
  folder: string | null;
}

/** Folders whose jobs wait, or lie in running/, until somebody starts their runner. */
export function RunnerNote({ index, folder }: Props) {
  const left = index.folders.flatMap(({ name, problem, runner, counts }) => {
    const isShown = problem === null && (folder === null || folder === name);
    const isLeft = !isAtWork(runner) && counts.pending + counts.running > 0;
    return isShown && isLeft ? `${name}: no runner is at work on its jobs.` : [];
  });
  return <Notice sentences={left} />;
}
