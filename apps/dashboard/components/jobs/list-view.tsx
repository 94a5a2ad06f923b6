import type { ReactNode } from 'react';
import { RunnerNote } from '@/components/shell/runner-note.tsx';
import { ViewNotes } from '@/components/shell/view-notes.tsx';
import { Notice } from '@/components/text/notice.tsx';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import { Pager, type ListPath } from './pager.tsx';
import { ViewFilters } from './view-filters.tsx';
import styles from './jobs.module.css';

interface Props {
  path: ListPath;
  index: WatchIndex;
  query: JobQuery;
  /** How many rows all pages have together. */
  total: number;
  /** What is wrong with the address. */
  problems: readonly string[];
  head: ReactNode;
  children: ReactNode;
}

/** A list with its filters, one page of it. */
export function ListView({ path, index, query, total, problems, head, children }: Props) {
  return (
    <div className={styles.page}>
      {head}
      <Notice sentences={problems} />
      <ViewNotes index={index} folder={query.folder} />
      <RunnerNote index={index} folder={query.folder} />
      <ViewFilters path={path} query={query} folders={index.folders.map(({ name }) => name)} />
      {children}
      <Pager path={path} query={query} total={total} />
    </div>
  );
}
