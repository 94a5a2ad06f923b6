import { createHash } from 'node:crypto';
import { isSameJob, parseJobSpec, readJob, requestedProxy, withMappedPaths } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';
import type { AskedJob } from '@app/jobspec/ledger';
import { mappedPath } from '../files/real-path.ts';
import { readWhole } from '../files/regular-file.ts';

/**
 * What a JobSpec asks for.
 *
 * @param sha256 of the one that was claimed, where that is known.
 * @returns `null` for one that can't be read, breaks the contract or isn't the one that was claimed.
 */
export async function askedJob(
  path: string,
  sha256?: string,
): Promise<(AskedJob & { sha256: string }) | null> {
  try {
    const bytes = await readWhole(path, MAX_JOBSPEC_BYTES);
    const own = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== undefined && !isSameJob({ bytes, sha256: own }, sha256)) return null;
    const jobSpec = parseJobSpec(withMappedPaths(readJob(bytes, own), mappedPath));
    return { sources: jobSpec.sources, requested: requestedProxy(jobSpec), sha256: own };
  } catch {
    return null;
  }
}
