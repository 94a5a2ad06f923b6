import { createHash } from 'node:crypto';
import { isSameJob, parseJobSpec, readJob, requestedProxy, withMappedPaths } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';
import type { RequestedJob } from '@app/jobspec/ledger';
import { mappedPath } from '../files/real-path.ts';
import { readWhole } from '../files/regular-file.ts';

/**
 * Sources and proxies that a JobSpec requests, with its hash and job id.
 *
 * @param sha256 hash of the claimed JobSpec, if known.
 * @returns `null` if it can't be read, breaks the contract or isn't the claimed one.
 */
export async function requestedJob(
  path: string,
  sha256?: string,
): Promise<(RequestedJob & { sha256: string; jobId: string }) | null> {
  try {
    const bytes = await readWhole(path, MAX_JOBSPEC_BYTES);
    const own = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== undefined && !isSameJob({ bytes, sha256: own }, sha256)) return null;
    const reading = withMappedPaths(readJob(bytes, own), mappedPath);
    const { jobId } = reading;
    const jobSpec = parseJobSpec(reading);
    return { sources: jobSpec.sources, requested: requestedProxy(jobSpec), sha256: own, jobId };
  } catch {
    return null;
  }
}
