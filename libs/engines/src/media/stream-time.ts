import { type MediaInfo, type MediaStream, primaryVideo, type VideoStream } from './media-info.ts';
import { sourceContainer } from './source-containers.ts';

/** Seconds that a stream's header declares. AVI counts the samples of PCM, which ffprobe calls frames. */
export function streamDuration(stream: MediaStream): number | null {
  if (stream.durationSeconds !== null) return stream.durationSeconds;
  const samples = stream.kind === 'audio' && isPcm(stream.codecName) && stream.declaredFrames;
  return samples && stream.sampleRate ? samples / stream.sampleRate : null;
}

/**
 * Seconds by Matroska's tag of a stream, `00:00:10.033000000`. FFmpeg writes its end there and mkvmerge, which adds
 * statistics, its length. An end is on the clock before what a codec needs of its first samples is taken off it.
 */
export function tagDuration(stream: MediaStream): number | null {
  const { tags } = stream;
  const tag = tags['duration'] ?? tags['duration-eng'];
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(tag ?? '');
  if (!match) return null;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  const isStatistic = Object.keys(tags).some((key) => key.startsWith('_statistics'));
  const start = stream.startSeconds ?? 0;
  const length = isStatistic ? seconds : seconds - start - primingSeconds(stream);
  // An end before the start, as of a part that kept the times of the whole, promises nothing.
  return length > 0 ? length : null;
}

function primingSeconds(stream: MediaStream): number {
  if (stream.kind !== 'audio' || !stream.sampleRate) return 0;
  return (stream.primingSamples ?? 0) / stream.sampleRate;
}

/** How many frames or packets a stream's header declares; Matroska keeps the count as a tag. */
export function declaredFrames(stream: MediaStream): number | null {
  if (stream.declaredFrames !== null) return stream.declaredFrames;
  const tag = stream.tags['number_of_frames'] ?? stream.tags['number_of_frames-eng'];
  return tag !== undefined && /^\d+$/.test(tag) ? Number(tag) : null;
}

/**
 * Whether FFmpeg puts zero at the first sample of the tracks that it is to read of an input, as in transport and program streams
 * (AVFMT_TS_DISCONT), and not at that of any track.
 */
export function countsFromUsed({ formatName }: MediaInfo): boolean {
  return sourceContainer(formatName).promises.duration === null;
}

/** Where FFmpeg puts zero, in seconds, when picture and sound are read from one input; data and subtitles may come before. */
export function mediaStart(media: MediaInfo): number {
  const isPicked = countsFromUsed(media);
  if (media.startSeconds !== null && !isPicked) return media.startSeconds;
  const frame = primaryVideo(media);
  const starts = media.streams
    .filter((stream) => stream === frame || (stream.kind === 'audio' && stream.channels))
    .flatMap(({ startSeconds }) => startSeconds ?? (isPicked ? [] : 0));
  return starts.length > 0 ? Math.min(...starts) : 0;
}

/** When the earliest picture is shown, in seconds: which need not be the first one that is stored. */
export function firstFrame({ head, startSeconds }: VideoStream): number {
  return head?.seconds[0] ?? startSeconds ?? 0;
}

/** Seconds from the first to the end of the last packet, where they were read; `null` where they weren't. */
export function shownSeconds({ packets, tickSeconds }: MediaStream): number | null {
  if (!packets || packets.first === null || packets.end === null || !tickSeconds) return null;
  return (packets.end - packets.first) * tickSeconds;
}

/** So many packets as frames: each may be a field. */
export function inFrames(packets: number, { head }: VideoStream): number {
  return head?.areFields ? Math.round(packets / 2) : packets;
}

/** Whether a codec keeps sample after sample, instead of coding them in blocks. */
export function isPcm(codecName: string | null): boolean {
  return codecName?.startsWith('pcm_') ?? false;
}
