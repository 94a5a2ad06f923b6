import { compareNames } from '@app/jobspec/folder';
import { factsOf, type ClipFacts } from './clip-facts.ts';
import type { PlannedClip } from './planned-clips.ts';
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
  /** `null` when the job was refused and doesn't tell its sources, or when only the clips after it are left. */
  source: string | null;
  type: string;
  reason: string;
  completedAt: string;
  /** Clips of the job that were not begun, and that no other job has made. */
  notMade: number;
}

/** With the proxies of the clips that were not begun; `null` when only their number is known. */
interface Failure extends FailedClip {
  rest: readonly string[] | null;
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
  let failed: Failure[] = [];
  for (const job of jobs) {
    const { job_id: id, final_status: status } = job.result;
    if (status === 'COMPLETED') failed = failed.filter(({ jobId }) => jobId !== id);
    const failure = failureOf(job);
    if (failure) failed = [...failed.flatMap((one) => withoutRepeated(one, failure)), failure];
    for (const clip of job.result.clips.filter((one) => one.status === 'COMPLETED')) {
      failed = failed.flatMap((one) => (one.source === clip.source_path ? leftOf(one) : [one]));
      made.set(clip.resolved_output_path, madeClip(job, clip));
    }
  }
  const inOrder = [...made.values()].sort((a, b) => compareNames(a.proxy, b.proxy));
  return { made: inOrder, failed: failed.flatMap((one) => stillNotMade(one, made)) };
}

/** What stays of a failure whose clip was made after all. */
function leftOf(failure: Failure): Failure[] {
  return failure.notMade === 0 ? [] : [{ ...failure, source: null }];
}

/** A clip that fails again in the same way is one failure, as the latest result has it. */
function withoutRepeated(earlier: Failure, later: Failure): Failure[] {
  const isSame = earlier.source === later.source && earlier.type === later.type;
  return isSame && earlier.source !== null ? leftOf(earlier) : [earlier];
}

/** Other jobs may have made what this one has not begun. */
function stillNotMade({ rest, ...failure }: Failure, made: ReadonlyMap<string, unknown>) {
  const notMade = rest?.filter((proxy) => !made.has(proxy)).length ?? failure.notMade;
  return failure.source === null && rest !== null && notMade === 0 ? [] : [{ ...failure, notMade }];
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

function failureOf(job: EndedJob): Failure | null {
  const { name, result } = job;
  if (result.failure_type === null) return null;
  const clip = result.clips.find(({ status }) => status === 'FAILED');
  const refused = refusedClip(job);
  const rest = restOf(job, refused);
  return {
    job: name,
    jobId: result.job_id,
    source: clip?.source_path ?? refused?.source ?? null,
    type: clip?.failure_type ?? result.failure_type,
    reason: clip?.failure_reason ?? result.failure_reason ?? '',
    completedAt: result.completed_at,
    notMade: rest?.length ?? Math.max(0, result.total_clips - result.clips.length),
    rest,
  };
}

/** Proxies of the clips that were not begun. */
function restOf({ result, planned }: EndedJob, refused: PlannedClip | null): string[] | null {
  if (planned === null) return null;
  const begun = new Set(result.clips.map(({ resolved_output_path: proxy }) => proxy));
  const left = planned.filter((one) => one !== refused && !begun.has(one.proxy));
  return left.map(({ proxy }) => proxy);
}

/** The clip that a job was refused for: the first that its reason names, or the first of all. */
function refusedClip({ result, planned }: EndedJob): PlannedClip | null {
  const reason = result.failure_reason ?? '';
  if (planned === null || result.clips.length > 0) return null;
  return planned.find(({ source }) => reason.includes(source)) ?? planned[0] ?? null;
}
