import { join } from 'node:path';
import { JobFailure, outputNames, parseJobSpec, readJob } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';
import { readWhole } from '../../files/index.ts';

/** A clip as a JobSpec has it. */
export interface PlannedClip {
  source: string;
  proxy: string;
}

/** The clips of a JobSpec; `null` for one that can't be read or breaks the contract. */
export async function plannedClips(path: string): Promise<PlannedClip[] | null> {
  const bytes = await readWhole(path, MAX_JOBSPEC_BYTES).catch(() => null);
  if (bytes === null) return null;
  try {
    const reading = readJob(bytes);
    const { sources, output_directory: folder, ...spec } = parseJobSpec(reading);
    const names = outputNames({ sources, ...spec }, reading.jobId);
    return sources.map((source, index) => ({ source, proxy: join(folder, names[index] ?? '') }));
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}
