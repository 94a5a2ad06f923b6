import { apiJob } from '../query/api-job.ts';
import type { OpenJob } from '../query/open-job.ts';

const BOM = /^\uFEFF/u;

/** `{ job, jobspec, result, problem }`; both files as they are, without making values of them: a result may have 64 MiB. */
export function* jobDetail({
  row,
  jobspecText,
  resultText,
  isJson,
  problem,
}: OpenJob): Generator<string> {
  yield `{"job":${JSON.stringify(apiJob(row))},"jobspec":`;
  yield jobspecText !== null && isJson.jobspec ? jobspecText.replace(BOM, '') : 'null';
  yield ',"result":';
  yield resultText !== null && isJson.result ? resultText.replace(BOM, '') : 'null';
  yield `,"problem":${JSON.stringify(problem)}}`;
}
