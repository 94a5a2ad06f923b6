import type { FailureType, ReadClip } from '@app/jobspec/result';
import { NO_FACTS, type ClipStatus, type FoundClip } from '../jobs/clip-row.ts';
import { instant } from '../text/instant.ts';
import { clipped } from '../text/visible-text.ts';

const REASON_KEPT = 500;
const NAME_KEPT = 128;
const TIMECODE_KEPT = 32;
/** A proxy that plays for longer is none. */
const LONGEST_SECONDS = 1_000_000;

/** A clip without what its job says of it. */
export type ToldClip = Omit<FoundClip, 'kind'>;

/** A clip that a result tells of, as the index keeps it; `when` is 0 if it does not say when it ended. */
export function foundClip(clip: ReadClip): ToldClip {
  const { verification, facts } = clip;
  return {
    source_path: clip.source_path,
    output_path: clip.resolved_output_path,
    status: clip.status,
    when: instant(clip.completed_at) ?? 0,
    failure_type: clip.failure_type,
    failure_reason: shortened(clip.failure_reason, REASON_KEPT),
    output_size_bytes: clip.output_size_bytes,
    duration_seconds: clip.duration_seconds,
    checks_passed: verification.filter(({ passed }) => passed).length,
    checks_total: verification.length,
    warnings: clip.warnings.length,
    timecode: shortened(facts.timecode, TIMECODE_KEPT),
    media_seconds:
      (facts.duration_seconds ?? Infinity) < LONGEST_SECONDS ? facts.duration_seconds : null,
    frames: facts.frames.made,
    output_xxh64: clip.output_xxh64,
    pictures: clip.pictures,
    reel: shortened(facts.reel, NAME_KEPT),
  };
}

/** A clip that only a JobSpec names. @param reason of the job that was refused because of it */
export function unmadeClip(
  source: string,
  status: ClipStatus,
  when: number,
  reason: { failure_type: FailureType | null; failure_reason: string | null } | null,
): ToldClip {
  return {
    ...NO_FACTS,
    source_path: source,
    output_path: '',
    status,
    when,
    failure_type: reason?.failure_type ?? null,
    failure_reason: shortened(reason?.failure_reason ?? null, REASON_KEPT),
  };
}

function shortened(text: string | null, most: number): string | null {
  return text === null ? null : clipped(text, most);
}
