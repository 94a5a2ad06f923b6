import { type MediaInfo, type MediaStream, primaryVideo, type VideoStream } from './media-info.ts';
import { sourceContainer } from './source-containers.ts';

/**
 * Duration that a stream's header declares, in seconds. For PCM in AVI it follows from the sample count, which ffprobe reports as
 * frames.
 */
export function streamDuration(stream: MediaStream): number | null {
  if (stream.durationSeconds !== null) return stream.durationSeconds;
  const samples = stream.kind === 'audio' && isPcm(stream.codecName) && stream.declaredFrames;
  return samples && stream.sampleRate ? samples / stream.sampleRate : null;
}

/**
 * Duration from Matroska's tag of a stream, `00:00:10.033000000`, in seconds. FFmpeg writes the stream's end there, on the clock
 * before encoder delay is subtracted; mkvmerge, which adds statistics, writes its length.
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
  // An end before the start, as in an excerpt that kept the original PTS, declares nothing.
  return length > 0 ? length : null;
}

function primingSeconds(stream: MediaStream): number {
  if (stream.kind !== 'audio' || !stream.sampleRate) return 0;
  return (stream.primingSamples ?? 0) / stream.sampleRate;
}

/** Frames or packets that a stream's header declares; Matroska keeps the count in a tag. */
export function declaredFrames(stream: MediaStream): number | null {
  if (stream.declaredFrames !== null) return stream.declaredFrames;
  const tag = stream.tags['number_of_frames'] ?? stream.tags['number_of_frames-eng'];
  return tag !== undefined && /^\d+$/.test(tag) ? Number(tag) : null;
}

/**
 * True if FFmpeg's time zero is the first sample of the streams in use, as in transport and program streams (AVFMT_TS_DISCONT),
 * and not the first sample of all streams.
 */
export function zeroIsOfUsedStreams({ formatName }: MediaInfo): boolean {
  return sourceContainer(formatName).guarantees.duration === null;
}

/** FFmpeg's time zero in seconds, for video and audio read from one input; data and subtitles may start before. */
export function mediaStart(media: MediaInfo): number {
  const isOfUsed = zeroIsOfUsedStreams(media);
  if (media.startSeconds !== null && !isOfUsed) return media.startSeconds;
  const video = primaryVideo(media);
  const starts = media.streams
    .filter((stream) => stream === video || (stream.kind === 'audio' && stream.channels))
    .flatMap(({ startSeconds }) => startSeconds ?? (isOfUsed ? [] : 0));
  return starts.length > 0 ? Math.min(...starts) : 0;
}

/** PTS of the first frame in display order, in seconds; it need not be the first one stored. */
export function firstFrame({ head, startSeconds }: VideoStream): number {
  return head?.seconds[0] ?? startSeconds ?? 0;
}

/** Seconds from the first PTS to the end of the last packet; `null` if packets weren't read. */
export function presentedSeconds({ packets, tickSeconds }: MediaStream): number | null {
  if (!packets || packets.first === null || packets.end === null || !tickSeconds) return null;
  return (packets.end - packets.first) * tickSeconds;
}

/** Number of frames in this number of packets, each of which may be a single field. */
export function inFrames(packets: number, { head }: VideoStream): number {
  return head?.packetsAreFields ? Math.round(packets / 2) : packets;
}

/** True for PCM, which stores sample after sample instead of coded blocks. */
export function isPcm(codecName: string | null): boolean {
  return codecName?.startsWith('pcm_') ?? false;
}
