import { apiJob } from '../query/api-rows.ts';
import type { OpenJob } from '../query/open-job.ts';
import { jsonOf } from '../reading/shown-file.ts';

/** `{ job, jobspec, result, problem }`; both files as they are, piece by piece: a result may have 64 MiB. */
export async function* jobDetail({
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
