import type { MediaInfo, MediaStream } from './media-info.ts';

/**
 * Seconds that a stream's header declares. Matroska keeps a stream's end as a tag, `00:00:10.033000000`; AVI counts the
 * samples of PCM, which ffprobe calls frames.
 */
export function streamDuration(stream: MediaStream): number | null {
  if (stream.durationSeconds !== null) return stream.durationSeconds;
  const samples = stream.kind === 'audio' && isPcm(stream.codecName) && stream.declaredFrames;
  if (samples && stream.sampleRate) return samples / stream.sampleRate;
  const tag = stream.tags['duration'] ?? stream.tags['duration-eng'];
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(tag ?? '');
  if (!match) return null;
  const end = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return end - Math.max(stream.startSeconds ?? 0, 0);
}

/** How many frames or packets a stream's header declares; Matroska keeps the count as a tag. */
export function declaredFrames(stream: MediaStream): number | null {
  if (stream.declaredFrames !== null) return stream.declaredFrames;
  const tag = stream.tags['number_of_frames'] ?? stream.tags['number_of_frames-eng'];
  return tag !== undefined && /^\d+$/.test(tag) ? Number(tag) : null;
}

/** Where FFmpeg puts zero, in seconds: the first sample of any picture or sound. */
export function mediaStart(media: MediaInfo): number {
  const starts = media.streams
    .filter((stream) => stream.kind === 'video' || stream.kind === 'audio')
    .filter((stream) => !stream.isAttachedPicture)
    .map((stream) => stream.startSeconds ?? 0);
  return starts.length > 0 ? Math.min(...starts) : 0;
}

/** Whether a codec keeps sample after sample, instead of coding them in blocks. */
export function isPcm(codecName: string | null): boolean {
  return codecName?.startsWith('pcm_') ?? false;
}
