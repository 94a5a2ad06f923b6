import { json, refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { apiJob } from '@/lib/query/api-job.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { selectPage } from '@/lib/query/select-jobs.ts';

export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  const { total, rows } = selectPage(index, query);
  const { page, pageSize } = query;
  return json({ total, page, pageSize, indexing: index.indexing, jobs: rows.map(apiJob) });
}
