import { compareNames } from '@app/jobspec/folder';
import { factsOf, type ClipFacts } from './clip-facts.ts';
import type { EndedClip, EndedJob } from './selected-results.ts';

/** A proxy that was made and verified. */
export interface MadeClip extends ClipFacts {
  job: string;
  jobId: string;
  source: string;
  proxy: string;
  /** When it was verified. */
  completedAt: string;
  /** In bytes, as it was verified. */
  bytes: number | null;
  /** As it was published; results of older runners don't tell. */
  xxh64: string | null;
}

/** A job, or one of its clips, that gave no proxy. */
export interface FailedClip {
  job: string;
  jobId: string;
  /** `null` when the job was refused before its first clip. */
  source: string | null;
  type: string;
  reason: string;
  completedAt: string;
  /** Clips of the job that were not begun. */
  notMade: number;
}

export interface CollectedClips {
  made: MadeClip[];
  failed: FailedClip[];
}

/**
 * Sorts what jobs came to. A proxy that several results name is one proxy, as the latest has it. What a later job made good is
 * left out, but for clips of the first one that nobody has begun.
 *
 * @param jobs the earliest first.
 */
export function collectClips(jobs: readonly EndedJob[]): CollectedClips {
  const made = new Map<string, MadeClip>();
  let failed: FailedClip[] = [];
  for (const job of jobs) {
    const { job_id: id, final_status: status } = job.result;
    if (status === 'COMPLETED') failed = failed.filter(({ jobId }) => jobId !== id);
    const failure = failureOf(job);
    if (failure) failed.push(failure);
    for (const clip of job.result.clips.filter((one) => one.status === 'COMPLETED')) {
      failed = failed.flatMap((one) => (one.source === clip.source_path ? leftOf(one) : [one]));
      made.set(clip.resolved_output_path, madeClip(job, clip));
    }
  }
  const inOrder = [...made.values()].sort((a, b) => compareNames(a.proxy, b.proxy));
  return { made: inOrder, failed };
}

/** What stays of a failure whose clip was made after all. */
function leftOf(failure: FailedClip): FailedClip[] {
  return failure.notMade === 0 ? [] : [{ ...failure, source: null }];
}

function madeClip({ name, result }: EndedJob, clip: EndedClip): MadeClip {
  return {
    job: name,
    jobId: result.job_id,
    source: clip.source_path,
    proxy: clip.resolved_output_path,
    completedAt: clip.completed_at,
    bytes: clip.output_size_bytes,
    xxh64: clip.output_xxh64 ?? null,
    ...factsOf(clip),
  };
}

function failureOf({ name, result }: EndedJob): FailedClip | null {
  if (result.failure_type === null) return null;
  const clip = result.clips.find(({ status }) => status === 'FAILED');
  return {
    job: name,
    jobId: result.job_id,
    source: clip?.source_path ?? null,
    type: clip?.failure_type ?? result.failure_type,
    reason: clip?.failure_reason ?? result.failure_reason ?? '',
    completedAt: result.completed_at,
    notMade: Math.max(0, result.total_clips - result.clips.length),
  };
}
