import { finiteNumber, objectOrEmpty, objectsOf } from './json-fields.ts';
import { CONFINED_INPUT, fileInput } from './ffprobe-arguments.ts';
import { positiveRational, sameRational } from './rational.ts';
import { sourceContainer } from './source-containers.ts';
import type { HeadFrames, MediaInfo, VideoStream } from './media-info.ts';

/** Packets that are decoded: more than a decoder keeps back, and enough to tell a rate. */
const PACKETS = 48;

/**
 * Whether the header leaves open when the first picture is shown, or at which rate pictures follow: frames that are
 * stored in another order, times that only packets have, two rates, fields.
 */
export function headIsNeeded({ formatName }: MediaInfo, video: VideoStream): boolean {
  const base = positiveRational(video.frameRate);
  const average = positiveRational(video.averageFrameRate);
  return (
    (video.reorderedFrames ?? 0) > 0 ||
    sourceContainer(formatName).declares === 'nothing' ||
    (video.fieldOrder !== null && video.fieldOrder !== 'progressive') ||
    !base ||
    !average ||
    !sameRational(base, average)
  );
}

/** Arguments for ffprobe to decode the first pictures of a stream. */
export function headArguments(path: string, { index }: VideoStream): readonly string[] {
  const entries = 'frame=best_effort_timestamp_time,interlaced_frame,top_field_first';
  const picture = ['-select_streams', String(index), '-read_intervals', `%+#${PACKETS}`];
  const report = ['-output_format', 'json', '-show_frames', '-show_entries', entries];
  const input = [...CONFINED_INPUT, '-i', fileInput(path)];
  return ['-v', 'quiet', '-hide_banner', ...picture, ...report, ...input];
}

/**
 * Maps the JSON of {@link headArguments}; `null` when no picture could be decoded. Where the container only counts pictures,
 * their times are guesses and left out.
 */
export function parseHead(json: unknown, { formatName }: MediaInfo): HeadFrames | null {
  const frames = objectsOf(objectOrEmpty(json)['frames']);
  const seconds = frames.flatMap((frame) => {
    const time = finiteNumber(frame['best_effort_timestamp_time']);
    return time === null ? [] : [time];
  });
  if (frames.length === 0) return null;
  const interlaced = frames.filter((frame) => frame['interlaced_frame'] === 1);
  const orders = new Set(interlaced.map((frame) => frame['top_field_first'] === 1));
  const isClear = interlaced.length === frames.length && orders.size === 1;
  const isCounted = sourceContainer(formatName).clock === 'counted';
  return { seconds: isCounted ? [] : seconds, topFieldFirst: isClear ? orders.has(true) : null };
}

/**
 * Whether pictures follow each other at a rate, each at most a tick of the file's clock from its place.
 *
 * @param tickSeconds of the clock; two neighbours may be rounded in opposite directions.
 */
export function isRegular(
  { seconds }: HeadFrames,
  framesPerSecond: number,
  tickSeconds: number,
): boolean {
  const [first = 0] = seconds;
  const tolerance = tickSeconds + 1e-5;
  return seconds.every(
    (time, index) => Math.abs(time - first - index / framesPerSecond) <= tolerance,
  );
}
