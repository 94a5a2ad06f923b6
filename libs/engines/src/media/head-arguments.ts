import { CONFINED_INPUT, ffprobeArguments, fileInput, probeOptions } from './ffprobe-arguments.ts';
import { MAX_PACKETS, MAX_PACKETS_OF_ALL } from './head-json.ts';
import type { MediaInfo, VideoStream } from './media-info.ts';
import { positiveRational, sameRational } from './rational.ts';
import { sourceContainer } from './source-containers.ts';

/** Codecs of phones and action cameras, which declare a constant rate and time each frame by a clock of their own. */
const OWN_CLOCK = new Set(['h263', 'mpeg4', 'h264', 'hevc', 'av1', 'vp8', 'vp9']);

/**
 * True if the header leaves the first PTS or the frame rate open: reordered frames, PTS in packets only, two rates, fields,
 * recordings of phones.
 */
export function needsHead({ formatName }: MediaInfo, video: VideoStream): boolean {
  const base = positiveRational(video.frameRate);
  const average = positiveRational(video.averageFrameRate);
  const { guarantees, clock } = sourceContainer(formatName);
  return (
    (clock === 'stored' && OWN_CLOCK.has(video.codecName ?? '')) ||
    (video.reorderedFrames ?? 0) > 0 ||
    guarantees.duration === null ||
    clock === 'late' ||
    video.fieldOrder !== 'progressive' ||
    !base ||
    !average ||
    !sameRational(base, average)
  );
}

const FRAME =
  'frame=stream_index,pts_time,best_effort_timestamp_time,width,height,interlaced_frame,top_field_first:frame_side_data=side_data_type';
const SIDE_DATA = 'packet_side_data=side_data_type';

/**
 * Arguments for ffprobe to list the first packets of a stream and to decode their frames.
 *
 * @param decoded all frames, or key frames alone, which takes next to no time if these are few.
 */
export function headArguments(
  path: string,
  media: MediaInfo,
  { index }: VideoStream,
  decoded: 'all' | 'keys',
): readonly string[] {
  const frame = ['-select_streams', String(index), '-read_intervals', `%+#${MAX_PACKETS}`];
  const entries = [
    '-show_entries',
    `packet=pts_time,dts_time,duration_time,flags:${SIDE_DATA}:${FRAME}`,
  ];
  const report = ['-output_format', 'json', '-show_packets', '-show_frames', ...entries];
  const skipped = decoded === 'keys' ? ['-skip_frame', 'nokey'] : [];
  const input = [...probeOptions(media), ...CONFINED_INPUT, ...skipped, '-i', fileInput(path)];
  return ['-v', 'quiet', '-hide_banner', ...frame, ...report, ...input];
}

/** Arguments for ffprobe to describe a file and to decode the start of all its streams, in one call. */
export function shortFileArguments(path: string): readonly string[] {
  const entries = [
    '-show_entries',
    `packet=stream_index,pts_time,dts_time,duration_time,flags:${SIDE_DATA}:${FRAME}`,
  ];
  const frames = ['-read_intervals', `%+#${MAX_PACKETS_OF_ALL}`, '-show_packets', '-show_frames'];
  return [...frames, ...entries, ...ffprobeArguments(path)];
}
