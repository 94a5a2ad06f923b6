import type { ActiveJob } from '@app/jobspec/folder';
import type { ReactNode } from 'react';
import { Moment } from './moment.tsx';
import type { FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { finishOf } from '@/lib/query/counts.ts';

interface Props {
  index: WatchIndex;
  folder: FolderView;
  /** Default: all jobs of the folder. */
  job?: ActiveJob;
  /** Name of what finishes. */
  children: ReactNode;
}

/** Estimated end: `dailies finishes around 07:23 (estimate).` */
export function Finish({ index, folder, job, children }: Props) {
  const at = finishOf(index, folder, job);
  return (
    at !== null && (
      <>
        {' '}
        {children} finishes around <Moment at={at} /> (estimate).
      </>
    )
  );
}
