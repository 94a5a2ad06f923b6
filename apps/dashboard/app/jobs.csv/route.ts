import { csvOf, mapped } from '@/lib/http/csv.ts';
import { refused, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { API_JOB, apiJob } from '@/lib/query/api-job.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { jobsInParts } from '@/lib/query/select-jobs.ts';

/** All jobs of a view, whatever its page. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  return streamed(
    csvOf(Object.keys(API_JOB.properties), mapped(jobsInParts(index, query), apiJob)),
    {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="jobs.csv"',
    },
  );
}
