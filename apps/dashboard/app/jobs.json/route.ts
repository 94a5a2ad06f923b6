import { jsonOf } from '@/lib/http/json-export.ts';
import { refused, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { selectJobs } from '@/lib/query/select-jobs.ts';

/** All jobs of a view, whatever its page. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  return streamed(jsonOf(selectJobs(index.catalogue, query)), {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': 'attachment; filename="jobs.json"',
  });
}
