import { jsonOf, mapped } from '@/lib/http/json-export.ts';
import { refused, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { apiJob } from '@/lib/query/api-job.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { countJobs, jobsInParts } from '@/lib/query/select-jobs.ts';

/** All jobs of a view, whatever its page. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  return streamed(
    jsonOf({ total: countJobs(index, query) }, 'jobs', mapped(jobsInParts(index, query), apiJob)),
    {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="jobs.json"',
    },
  );
}
