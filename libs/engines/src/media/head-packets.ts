import {
  headParts,
  laterFrames,
  MAX_PACKETS,
  MAX_PACKETS_OF_ALL,
  presentedPackets,
  ptsOf,
} from './head-json.ts';
import type { JsonObject } from './json-fields.ts';
import type { MediaInfo, VideoStream } from './media-info.ts';
import { sourceContainer } from './source-containers.ts';

/**
 * Equivalent of `headArguments`' JSON, extracted from that of `shortFileArguments`; `null` if the file goes on beyond
 * the part that was read, or has more packets of the stream than `headArguments` reads.
 */
export function headOfShortFile(json: unknown, { index }: VideoStream): JsonObject | null {
  const { packets, frames } = headParts(json);
  const ofStream = (all: readonly JsonObject[]) =>
    all.filter((one) => one['stream_index'] === index);
  const count = ofStream(packets).length;
  const isWhole = packets.length < MAX_PACKETS_OF_ALL && count > 0 && count <= MAX_PACKETS;
  return isWhole ? { packets_and_frames: ofStream([...packets, ...frames]) } : null;
}

/**
 * True if, judging by the header, the PTS of frames can be taken from packets. Fields must be decoded, and so must frames in
 * containers that count slots.
 */
export function packetsMayGivePts({ formatName }: MediaInfo, { fieldOrder }: VideoStream): boolean {
  const isFields = fieldOrder !== null && fieldOrder !== 'progressive';
  return !isFields && sourceContainer(formatName).clock !== 'late';
}

/**
 * Equivalent of `headArguments`' JSON with all frames, derived from its JSON with key frames. `null` if packets alone don't
 * give the PTS: the first isn't a decodable whole frame that is shown first, some are hidden or untimed, distances vary, or their
 * order contradicts the reordering that the header declares.
 */
export function headOfPackets(
  json: unknown,
  media: MediaInfo,
  video: VideoStream,
): JsonObject | null {
  const { packets, frames } = headParts(json);
  const [first, key] = [packets[0], frames[0]];
  const { clock } = sourceContainer(media.formatName);
  const isWhole = key !== undefined && key['interlaced_frame'] !== 1;
  if (!isWhole || !first || !String(first['flags']).startsWith('K')) return null;
  if (clock === 'counted') return { packets_and_frames: [...packets, key] };
  const shown = presentedPackets(packets).toSorted((one, other) => ptsOf(one) - ptsOf(other));
  const seconds = shown.slice(0, shown.length - laterFrames(packets, video)).map(ptsOf);
  const steps = seconds.slice(1).map((time, n) => time - (seconds[n] as number));
  const isEven = Math.max(...steps) - Math.min(...steps) <= 2 * (video.tickSeconds ?? 0) + 1e-5;
  const isInOrder = shown.every((one, n) => one === packets[n]);
  const isReordered = (video.reorderedFrames ?? 0) > 0;
  if (shown[0] !== first || shown.length < packets.length || !isEven || isInOrder === isReordered)
    return null;
  if (key['best_effort_timestamp_time'] !== first['pts_time']) return null;
  const others = shown.slice(1).map(({ pts_time: time }) => ({
    type: 'frame',
    best_effort_timestamp_time: time,
  }));
  return { packets_and_frames: [...packets, key, ...others] };
}
