import { readFile } from '../files/patient-fs.ts';
import { FINAL_STATUSES, type JobResult } from '@app/jobspec';

/**
 * Reads a result file that this runner, or an earlier one, wrote.
 *
 * @throws Error when it can't be read or isn't a result.
 */
export async function readResult(path: string): Promise<JobResult> {
  const result = JSON.parse(await readFile(path, 'utf8')) as Partial<JobResult> | null;
  const decides =
    FINAL_STATUSES.some((status) => status === result?.final_status) &&
    typeof result?._metadata?.archived_as === 'string' &&
    typeof result._metadata.jobspec_sha256 === 'string';
  if (!decides) throw new Error('it is not a result');
  return result as JobResult;
}
