import type { FailureType } from '@app/jobspec/result';
import { clipped } from '../text/visible-text.ts';
import type { ClipStatus, FoundClip } from '../jobs/clip-row.ts';
import { instant } from './narrow.ts';
import type { ReadClip } from './narrow-result.ts';
import { reelOf } from './reel-of.ts';

const REASON_KEPT = 500;
/** A proxy that plays for longer is none. */
const LONGEST_SECONDS = 1_000_000;

/** A clip that a result tells of, as the index keeps it; `when` is 0 if it does not say when it ended. */
export function foundClip(clip: ReadClip): FoundClip {
  const { verification } = clip;
  return {
    source_path: clip.source_path,
    output_path: clip.resolved_output_path,
    status: clip.status,
    when: instant(clip.completed_at) ?? 0,
    failure_type: clip.failure_type,
    failure_reason: shortened(clip.failure_reason),
    output_size_bytes: clip.output_size_bytes,
    duration_seconds: clip.duration_seconds,
    checks_passed: verification.filter(({ passed }) => passed).length,
    checks_total: verification.length,
    warnings: clip.warnings.length,
    timecode: timecodeOf(clip),
    media_seconds: mediaSecondsOf(clip),
    output_xxh64: clip.output_xxh64,
    pictures: clip.pictures,
    reel: reelOf(clip),
  };
}

/** A clip that only a JobSpec names. @param reason of the job that was refused because of it */
export function unmadeClip(
  source: string,
  status: ClipStatus,
  when: number,
  reason: { failure_type: FailureType | null; failure_reason: string | null } | null,
): FoundClip {
  return {
    source_path: source,
    output_path: '',
    status,
    when,
    failure_type: reason?.failure_type ?? null,
    failure_reason: shortened(reason?.failure_reason ?? null),
    output_size_bytes: null,
    duration_seconds: null,
    checks_passed: 0,
    checks_total: 0,
    warnings: 0,
    timecode: null,
    media_seconds: null,
    output_xxh64: null,
    pictures: [],
    reel: null,
  };
}

function shortened(reason: string | null): string | null {
  return reason === null ? null : clipped(reason, REASON_KEPT);
}

/** Where the proxy begins, by the check that compared it with its source. */
function timecodeOf({ verification }: ReadClip): string | null {
  const { actual } = verification.find(({ check }) => check === 'start_timecode') ?? {};
  return typeof actual === 'string' ? clipped(actual, 32) : null;
}

/** How long the proxy plays, by the check that compared it with its source. */
function mediaSecondsOf({ verification }: ReadClip): number | null {
  const { actual } = verification.find(({ check }) => check === 'duration_seconds') ?? {};
  return typeof actual === 'number' && actual > 0 && actual < LONGEST_SECONDS ? actual : null;
}
