import type { Metadata } from 'next';
import { JobTable } from '@/components/jobs/job-table.tsx';
import { JobsHead } from '@/components/jobs/jobs-head.tsx';
import { NoJobs } from '@/components/jobs/no-jobs.tsx';
import { ListView } from '@/components/jobs/list-view.tsx';
import { lastPageOf } from '@/components/jobs/pager.tsx';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { isFiltered } from '@/lib/query/job-query.ts';
import { countJobs, selectPage } from '@/lib/query/select-jobs.ts';
import { countUnclear } from '@/lib/query/unclear-jobs.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default async function JobsPage({ searchParams }: { searchParams: PageParameters }) {
  const index = watchIndex();
  const { query: asked, problems } = await pageQuery(index, searchParams);
  const total = countJobs(index, asked);
  const query = { ...asked, page: Math.min(asked.page, lastPageOf({ query: asked, total })) };
  const { rows } = selectPage(index, query);
  return (
    <ListView
      path="/jobs"
      index={index}
      query={query}
      total={total}
      problems={problems}
      head={<JobsHead {...{ index, query, total }} unclear={countUnclear(index, query)} />}
    >
      {total === 0 ? (
        <NoJobs index={index} isFiltered={isFiltered(query)} />
      ) : (
        <JobTable index={index} rows={rows} query={query} />
      )}
    </ListView>
  );
}
