import { JOB_STATES } from '@app/jobspec/folder';
import { refused, refusedParameters, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { type JobReference } from '@/lib/index/job-row.ts';
import { apiJob } from '@/lib/query/api-rows.ts';
import { openJob, type OpenJob } from '@/lib/query/open-job.ts';
import { jsonOf } from '@/lib/index/raw-file.ts';

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

/** Streams `{ job, jobspec, result, problem }` with both files unchanged: a result may have 64 MiB. */
async function* jobDetail({
  row,
  jobspecFile,
  resultFile,
  problem,
}: OpenJob): AsyncGenerator<string | Uint8Array> {
  yield `{"job":${JSON.stringify(apiJob(row))},"jobspec":`;
  yield* jsonOf(jobspecFile);
  yield ',"result":';
  yield* jsonOf(resultFile);
  yield `,"problem":${JSON.stringify(problem)}}`;
}
