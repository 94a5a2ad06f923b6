import type { Metadata } from 'next';
import { JobTable } from '@/components/jobs/job-table.tsx';
import { ListView } from '@/components/jobs/list-view.tsx';
import { soFar } from '@/lib/words/sentences.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { lastPageOf, pageQuery, queryString, type PageParameters } from '@/lib/query/job-query.ts';
import { countJobs, selectPage } from '@/lib/query/select-jobs.ts';
import { plural } from '@/lib/words/quantities.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default async function JobsPage({ searchParams }: { searchParams: PageParameters }) {
  const index = watchIndex();
  const { query: requested, problems } = await pageQuery(index, searchParams);
  const total = countJobs(index, requested);
  const query = { ...requested, page: Math.min(requested.page, lastPageOf(requested, total)) };
  const head = (
    <header className="row">
      <h1>
        <span role="status">{soFar(index, plural(total, 'job'))}</span>
      </h1>
      {total > 0 && (
        <a href={`/jobs.csv${queryString({ ...query, page: 1, pageSize: 50 })}`}>CSV</a>
      )}
    </header>
  );
  return (
    <ListView path="/jobs" {...{ index, query, total, problems, head }}>
      <JobTable index={index} rows={selectPage(index, query).rows} />
    </ListView>
  );
}
