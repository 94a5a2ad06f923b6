import type { JobReference } from '@/lib/jobs/job-row.ts';
import { refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { jobReferred } from '@/lib/query/job-rows.ts';
import { restOfJob } from '@/lib/query/rest-of-job.ts';

/** A JobSpec of what a failed job left, as a file. */
export async function GET(
  _: Request,
  { params }: { params: Promise<JobReference> },
): Promise<Response> {
  const row = jobReferred(watchIndex(), await params);
  const rest = row === null ? null : await restOfJob(watchIndex(), row);
  if (row === null || rest === null || rest.jobspec === null)
    return refused(404, ['Nothing is left to make of such a job, or not by a job of its own.']);
  return new Response(`${JSON.stringify(rest.jobspec, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`rest-of-${row.name}`)}`,
    },
  });
}
