import { burnInValues, type JobSpec } from '@app/jobspec';
import type { RequestedBurnIn } from '@app/engines';

/**
 * The burnt-in texts of a job's sources, each by its place; `undefined` where there are none.
 *
 * @param tablesFolder see {@link RequestedBurnIn}.
 */
export function burnInOf(
  jobSpec: JobSpec,
  jobId: string,
  tablesFolder: string,
): (index: number) => RequestedBurnIn | undefined {
  const texts = jobSpec.viewing?.burn_in;
  if (texts === undefined) return () => undefined;
  return (index) => ({ texts, values: burnInValues(jobSpec, jobId, index), tablesFolder });
}
