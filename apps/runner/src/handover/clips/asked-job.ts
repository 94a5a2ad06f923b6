import { JobFailure, parseJobSpec, readJob, requestedProxy, withMappedPaths } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';
import type { AskedJob } from '@app/jobspec/ledger';
import { mappedPath, readWhole } from '../../files/index.ts';

/** What a JobSpec asks for; `null` for one that can't be read or breaks the contract. */
export async function askedJob(path: string): Promise<AskedJob | null> {
  const bytes = await readWhole(path, MAX_JOBSPEC_BYTES).catch(() => null);
  if (bytes === null) return null;
  try {
    const jobSpec = parseJobSpec(withMappedPaths(readJob(bytes), mappedPath));
    return { sources: jobSpec.sources, requested: requestedProxy(jobSpec) };
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}
