import type { Metadata } from 'next';
import { JobTable } from '@/components/jobs/job-table.tsx';
import { JobsHead } from '@/components/jobs/jobs-head.tsx';
import styles from '@/components/jobs/jobs.module.css';
import { NoJobs } from '@/components/jobs/no-jobs.tsx';
import { lastPageOf, Pager } from '@/components/jobs/pager.tsx';
import { ViewFilters } from '@/components/jobs/view-filters.tsx';
import { IndexingNote } from '@/components/overview/indexing-note.tsx';
import { Notice } from '@/components/text/notice.tsx';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { isFiltered } from '@/lib/query/job-query.ts';
import { countJobs, selectPage } from '@/lib/query/select-jobs.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default async function JobsPage({ searchParams }: { searchParams: PageParameters }) {
  const index = watchIndex();
  const { query: asked, problems } = await pageQuery(index, searchParams);
  const total = countJobs(index, asked);
  const query = { ...asked, page: Math.min(asked.page, lastPageOf({ query: asked, total })) };
  const { rows } = selectPage(index, query);
  return (
    <div className={styles.page}>
      <JobsHead query={query} total={total} />
      <Notice sentences={problems} />
      <IndexingNote index={index} />
      <ViewFilters path="/jobs" query={query} folders={index.folders.map(({ name }) => name)} />
      {total === 0 ? (
        <NoJobs isFiltered={isFiltered(query)} />
      ) : (
        <JobTable index={index} rows={rows} query={query} />
      )}
      <Pager path="/jobs" query={query} total={total} />
    </div>
  );
}
