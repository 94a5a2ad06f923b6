/**
 * Results of runners up to 0.1 have no facts: what they say as data in other places, or only in words, is found here. Once no such
 * result is read any more, this file goes, and with it the one place where it is used (`read-facts.ts`).
 */
import { sourceIndexOf } from '../failure/violation.ts';
import { amount, filled, whole } from '../json/narrow.ts';
import type { Cause, ClipFacts, RequestedProxy } from './facts.ts';
import type { ClipResult, JobResult, VerificationCheck } from './result.ts';

/** What of a clip tells its facts. */
export type OldClip = Pick<
  ClipResult,
  | 'ffmpeg_command'
  | 'resolved_output_path'
  | 'verification'
  | 'warnings'
  | 'failure_type'
  | 'failure_reason'
>;

/** @param asked what the job's metadata says; `null` in results that are older still */
export function factsOfOld(clip: OldClip, asked: RequestedProxy | null): ClipFacts {
  const found = new Map(clip.verification.map((check) => [check.check, check]));
  const actual = (check: string) => found.get(check)?.actual;
  const channels = actual('audio_channels');
  return {
    requested: asked ?? requestedOf(clip),
    frames: framesOf(clip.warnings, whole(actual('frame_count') ?? actual('counted_frames'))),
    timecode: filled(actual('start_timecode')),
    reel: reelOf(found.get('reel_name'), clip.warnings),
    video_codec: filled(actual('video_codec')),
    size: filled(actual('size')),
    frame_rate: filled(actual('frame_rate')),
    field_order: filled(actual('field_order')),
    audio_channels: Array.isArray(channels) ? channels.map((one) => whole(one) ?? 0) : null,
    duration_seconds: amount(actual('duration_seconds')),
    cause: causeOf(clip),
  };
}

const REPEATED = /^Frames that were repeated: (\d+), dropped: (\d+)\.$/u;

/** Both checks count the frames of the source. */
function framesOf(warnings: readonly string[], source: number | null): ClipFacts['frames'] {
  const counts = warnings.flatMap((warning) => REPEATED.exec(warning)?.slice(1) ?? []);
  const [repeated = 0, dropped = 0] = counts.map(Number);
  return { source, made: source === null ? null : source + repeated - dropped, repeated, dropped };
}

const LOST_REEL = /^(?:Reel|The reel) name (.+?) is (?:lost|not in the proxy):/u;

function reelOf(check: VerificationCheck | undefined, warnings: readonly string[]): string | null {
  const lost = warnings.flatMap((warning) => LOST_REEL.exec(warning)?.[1] ?? []);
  return (
    [check?.expected, check?.actual, ...lost].map(filled).find((name) => name !== null) ?? null
  );
}

/** Encoders of FFmpeg by the codec of the JobSpec that they stand for. */
const CODECS: Readonly<Record<string, string>> = {
  libx264: 'h264',
  libx265: 'hevc',
  'libvpx-vp9': 'vp9',
  libsvtav1: 'av1',
};

/** By the command: `half` of what, it doesn't tell. */
function requestedOf({
  ffmpeg_command = [],
  resolved_output_path,
}: OldClip): RequestedProxy | null {
  const [, container] = /\.(\w+)$/u.exec(resolved_output_path) ?? [];
  const codec = codecOf(ffmpeg_command);
  if (codec === null || container === undefined) return null;
  return { codec, container: container.toLowerCase(), resolution: null, fps: null, looks: [] };
}

/** The proxy is what a command makes last: pictures to compare with come before it. */
function codecOf(command: readonly string[]): string | null {
  const encoder = valueOf(command, '-c:v');
  const profile = valueOf(command, '-profile:v');
  if (encoder === 'prores_ks') return `prores_${profile}`;
  if (encoder === 'dnxhd') return profile?.startsWith('dnxhr') === true ? 'dnxhr' : 'dnxhd';
  return CODECS[encoder ?? ''] ?? null;
}

function valueOf(command: readonly string[], option: string): string | undefined {
  const at = command.findLastIndex((word) => word === option || word === `${option}:0`);
  return at < 0 ? undefined : command[at + 1];
}

type Failure = Pick<JobResult, 'failure_type' | 'failure_reason'>;

const COMMON_LENGTH = 160;

/** Failures have a cause in common when their reasons are the same without names, paths and numbers. An exit code is part of it. */
function causeOf(failure: Failure): Cause | null {
  if (failure.failure_type === null) return null;
  const common = (failure.failure_reason ?? '')
    .replace(/\([^()]*\)/gu, '')
    .replace(/(["'“‘]).*?["'”’]/gu, '…')
    .replace(/(?:[A-Za-z]:)?[\\/][^,;:]+/gu, '…')
    .replace(/(?<!code )\d+(?:[.:]\d+)*/gu, '#')
    .replace(/…(?:[ ,;]+…)+/gu, '…')
    .replace(/\s+/gu, ' ')
    .trim();
  return { code: failure.failure_type, arguments: { reason: common.slice(0, COMMON_LENGTH) } };
}

/** @param failedAt place of the clip that failed among those that were begun; `null` without one */
export function jobCauseOfOld(
  { violations, ...failure }: Failure & Pick<JobResult, 'violations'>,
  failedAt: number | null,
): Cause | null {
  const cause = causeOf(failure);
  const [refused] = violations.flatMap(({ path }) => sourceIndexOf(path) ?? []);
  const source_index = failedAt ?? refused;
  return cause === null || source_index === undefined ? cause : { ...cause, source_index };
}
