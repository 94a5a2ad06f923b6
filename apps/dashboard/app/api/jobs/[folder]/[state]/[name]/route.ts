import { JOB_STATES } from '@app/jobspec/folder';
import { refused, refusedParameters, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { type JobReference } from '@/lib/jobs/job-row.ts';
import { jobDetail } from '@/lib/http/job-detail.ts';
import { openJob } from '@/lib/query/open-job.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<JobReference> },
): Promise<Response> {
  const refusal = refusedParameters(request);
  if (refusal !== null) return refusal;
  const reference = await params;
  if (!JOB_STATES.some((state) => state === reference.state))
    return refused(400, [`Unknown state. Expected one of ${JOB_STATES.join(', ')}.`]);
  const job = await openJob(watchIndex(), reference);
  if (job === null) return refused(404, ['There is no such job.']);
  return streamed(jobDetail(job), { 'Content-Type': 'application/json' });
}
