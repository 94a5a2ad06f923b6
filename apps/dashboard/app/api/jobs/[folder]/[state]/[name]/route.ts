import { JOB_STATES } from '@app/jobspec/folder';
import { json, refused, refusedParameters } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';

import { apiJob } from '@/lib/query/api-job.ts';
import { openJob, type JobReference } from '@/lib/query/open-job.ts';

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
  const { row, jobspec, rawResult, problem } = job;
  return json({ job: apiJob(row), jobspec, result: rawResult, problem });
}
