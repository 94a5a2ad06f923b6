import { finiteNumber, type JsonObject, objectOrEmpty, objectsOf } from './json-fields.ts';
import type { VideoStream } from './media-info.ts';

/** Packets to decode: more than a decoder holds back, and enough to derive a rate. */
export const MAX_PACKETS = 48;
/** Packets of all streams to decode from a short file: two seconds of video with one audio track. */
export const MAX_PACKETS_OF_ALL = 128;

/** Packets and frames in ffprobe's JSON on the start of a file. */
export function headParts(json: unknown) {
  const parts = objectsOf(objectOrEmpty(json)['packets_and_frames']);
  const ofType = (wanted: string) => parts.filter(({ type }) => type === wanted);
  return { packets: ofType('packet'), frames: ofType('frame') };
}

/** Number of last frames that may be preceded, in display order, by frames stored after the packets that were read. */
export function laterFrames(packets: readonly JsonObject[], video: VideoStream | null): number {
  return packets.length >= MAX_PACKETS ? (video?.reorderedFrames ?? 0) : 0;
}

/** PTS in seconds; `Infinity` for a packet without one. */
export function ptsOf({ pts_time: time }: JsonObject): number {
  return finiteNumber(time) ?? Infinity;
}

/** Packets that FFmpeg shows; it discards those before an edit. */
export function presentedPackets(packets: readonly JsonObject[]): JsonObject[] {
  return packets.filter(({ flags }) => !String(flags).includes('D'));
}
