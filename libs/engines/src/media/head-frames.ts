import { finiteNumber, type JsonObject, objectOrEmpty, objectsOf } from './json-fields.ts';
import { CONFINED_INPUT, ffprobeArguments, fileInput, probeOptions } from './ffprobe-arguments.ts';
import { formatRational, positiveRational, reduceRational, sameRational } from './rational.ts';
import { sourceContainer } from './source-containers.ts';
import { type HeadFrames, type MediaInfo, primaryVideo, type VideoStream } from './media-info.ts';

/** Packets to decode: more than a decoder holds back, and enough to derive a rate. */
const PACKETS = 48;
/** Packets of all streams to decode from a short file: two seconds of video with one audio track. */
const PACKETS_OF_ALL = 128;

const FRAME =
  'frame=stream_index,pts_time,best_effort_timestamp_time,width,height,interlaced_frame,top_field_first:frame_side_data=side_data_type';
const SIDE_DATA = 'packet_side_data=side_data_type';

/** PTS are usable if at most one frame in this many lacks its own. */
const MAX_UNTIMED = 8;

/** Codecs whose frames carry their size; FFmpeg believes the container until it decodes one. */
const OWN_SIZE = new Set(['av1', 'vp8', 'vp9']);

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
  const frame = ['-select_streams', String(index), '-read_intervals', `%+#${PACKETS}`];
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
  const frames = ['-read_intervals', `%+#${PACKETS_OF_ALL}`, '-show_packets', '-show_frames'];
  return [...frames, ...entries, ...ffprobeArguments(path)];
}

/**
 * Equivalent of {@link headArguments}' JSON, extracted from that of {@link shortFileArguments}; `null` if the file goes on beyond
 * the part that was read, or has more packets of the stream than {@link headArguments} reads.
 */
export function headOfShortFile(json: unknown, { index }: VideoStream): JsonObject | null {
  const { packets, frames } = headParts(json);
  const ofStream = (all: readonly JsonObject[]) =>
    all.filter((one) => one['stream_index'] === index);
  const count = ofStream(packets).length;
  const isWhole = packets.length < PACKETS_OF_ALL && count > 0 && count <= PACKETS;
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
 * Equivalent of {@link headArguments}' JSON with all frames, derived from its JSON with key frames. `null` if packets alone don't
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

/**
 * Maps the JSON of {@link headArguments}; `null` when no frame could be decoded. Times are left out if the container only counts
 * frames, because they are guesses. The last times are left out if frames are reordered: others shown between them may be stored
 * after the packets that were read. If slots may be empty, only the first time is kept, because slots give no rate.
 */
export function parseHead(json: unknown, media: MediaInfo): HeadFrames | null {
  const { packets, frames } = headParts(json);
  if (frames.length === 0) return null;
  const { seconds, untimedFirst } = shownTimes(frames);
  const { clock } = sourceContainer(media.formatName);
  const reordered = laterFrames(packets, primaryVideo(media));
  const known = { stored: seconds.length - reordered, late: 1, counted: 0 }[clock];
  const hasTimes = clock === 'stored' && !lacksTimes({ seconds });
  return {
    seconds: seconds.slice(0, known),
    ...(untimedFirst > 0 && { untimedFirst }),
    firstStored: clock === 'late' ? finiteNumber(packets[0]?.['dts_time']) : null,
    ...(clock === 'late' && {
      slotSeconds: packets.flatMap(({ dts_time: time }) => finiteNumber(time) ?? []),
    }),
    ...(OWN_SIZE.has(primaryVideo(media)?.codecName ?? '') && sizeOf(frames[0])),
    ...rateOfSingleFrame(media, packets),
    goesBack: hasTimes && goesBack(frames),
    topFieldFirst: topFieldFirst(frames),
    packetsAreFields: packetsAreFields(packets, frames),
    startsUndecodable: hasTimes && packetsDueBy(packets, seconds[0]) > 1,
  };
}

function headParts(json: unknown) {
  const parts = objectsOf(objectOrEmpty(json)['packets_and_frames']);
  const ofType = (wanted: string) => parts.filter(({ type }) => type === wanted);
  return { packets: ofType('packet'), frames: ofType('frame') };
}

/** Number of last frames that may be preceded, in display order, by frames stored after the packets that were read. */
function laterFrames(packets: readonly JsonObject[], video: VideoStream | null): number {
  return packets.length >= PACKETS ? (video?.reorderedFrames ?? 0) : 0;
}

/** Packets per frame above which packets are fields: halfway between one and two. */
const FIELD_PACKETS = 1.5;

/** Number of shown packets with a PTS of at most `seconds`. */
function packetsDueBy(packets: readonly JsonObject[], seconds = -Infinity): number {
  return presentedPackets(packets).filter((packet) => ptsOf(packet) <= seconds).length;
}

/** True if there are about two packets per frame, from the first decodable one on. */
function packetsAreFields(packets: readonly JsonObject[], frames: readonly JsonObject[]): boolean {
  const { seconds } = shownTimes(frames);
  const [first = Infinity] = seconds;
  const decoded = presentedPackets(packets).filter((packet) => ptsOf(packet) >= first);
  return topFieldFirst(frames) !== null && decoded.length > FIELD_PACKETS * seconds.length;
}

/** PTS in seconds; `Infinity` for a packet without one. */
function ptsOf({ pts_time: time }: JsonObject): number {
  return finiteNumber(time) ?? Infinity;
}

/** Packets that FFmpeg shows; it discards those before an edit. */
function presentedPackets(packets: readonly JsonObject[]): JsonObject[] {
  return packets.filter(({ flags }) => !String(flags).includes('D'));
}

/** Side data types of packets and frames in the same JSON, without duplicates. */
export function sideDataTypes(json: unknown): string[] {
  const parts = objectsOf(objectOrEmpty(json)['packets_and_frames']);
  const blocks = parts.flatMap((part) => objectsOf(part['side_data_list']));
  return [...new Set(blocks.map((block) => String(block['side_data_type'])))];
}

/** Field order of the frames; `null` unless all are interlaced in the same order. */
function topFieldFirst(frames: readonly JsonObject[]): boolean | null {
  const interlaced = frames.filter((frame) => frame['interlaced_frame'] === 1);
  const orders = new Set(interlaced.map((frame) => frame['top_field_first'] === 1));
  return interlaced.length === frames.length && orders.size === 1 ? orders.has(true) : null;
}

/** PTS of each frame, from the first that has one; `NaN` for one without. */
function shownTimes(frames: readonly JsonObject[]) {
  const times = frames.map((frame) => finiteNumber(frame['best_effort_timestamp_time']));
  const first = times.findIndex((time) => time !== null);
  if (first < 0) return { seconds: [], untimedFirst: 0 };
  const seconds = times.slice(first).map((time) => time ?? Number.NaN);
  return { seconds, untimedFirst: first };
}

/**
 * True if the PTS of some frame isn't later than that of the frame before. Uses the frames' own PTS: once some were wrong,
 * FFmpeg's best-effort timestamps come from the packets instead.
 */
function goesBack(frames: readonly JsonObject[]): boolean {
  const times = frames.flatMap(
    (frame) => finiteNumber(frame['pts_time'] ?? frame['best_effort_timestamp_time']) ?? [],
  );
  return times.some((time, n) => time <= (times[n - 1] ?? -Infinity));
}

function sizeOf(frame: JsonObject | undefined): Pick<HeadFrames, 'size'> {
  const [width, height] = [finiteNumber(frame?.['width']), finiteNumber(frame?.['height'])];
  return width && height ? { size: { width, height } } : {};
}

/** Longest duration of a single frame, in seconds; if the header promises more, the frames that follow are lost. */
const MAX_SINGLE_FRAME = 10;

/**
 * Rate for a single frame, from the duration of its packet. A file of one frame, as browsers write it, may have a duration only
 * for the whole file.
 */
function rateOfSingleFrame(
  media: MediaInfo,
  [packet, second]: readonly JsonObject[],
): Pick<HeadFrames, 'singleFrameRate'> {
  if (second !== undefined) return {};
  const video = primaryVideo(media);
  const seconds = finiteNumber(packet?.['duration_time']) ?? media.durationSeconds ?? 0;
  const microseconds = Math.round(1e6 * seconds);
  const isDeclared = positiveRational(video?.averageFrameRate ?? null) !== null;
  if (isDeclared || microseconds <= 0 || seconds > MAX_SINGLE_FRAME) return {};
  const rate = reduceRational({ numerator: 1e6, denominator: microseconds });
  return { singleFrameRate: formatRational(rate) };
}

/**
 * True if so many frames lack a PTS that FFmpeg's times for the others are guesses. A packet of a program stream may hold several
 * frames and a PTS for one of them (ISO/IEC 13818-1, 2.4.3.7). Such frames follow each other at the header's rate.
 */
export function lacksTimes(head: Pick<HeadFrames, 'seconds'> | null): boolean {
  const seconds = head?.seconds ?? [];
  const untimed = seconds.filter((time) => Number.isNaN(time)).length;
  return untimed > seconds.length / MAX_UNTIMED;
}

/**
 * True if frames fit a rate, each within a tick of the file's clock.
 *
 * @param tickSeconds seconds of one tick of that clock; two neighbours may be rounded in opposite directions.
 */
export function isRegular(head: HeadFrames, framesPerSecond: number, tickSeconds: number): boolean {
  const tolerance = tickSeconds + 1e-5;
  return offsets(head, framesPerSecond).every((offset) => Math.abs(offset) <= tolerance);
}

/** Peak-to-peak deviation of the frames from a rate, in seconds. */
export function irregularity(head: HeadFrames, framesPerSecond: number): number {
  let [earliest, latest] = [Infinity, -Infinity];
  for (const offset of offsets(head, framesPerSecond)) {
    earliest = Math.min(earliest, offset);
    latest = Math.max(latest, offset);
  }
  return latest - earliest;
}

/** Delay of each timed frame relative to a constant rate from the first, in seconds. */
function offsets({ seconds }: HeadFrames, framesPerSecond: number): number[] {
  const [first = 0] = seconds;
  return seconds.flatMap((time, index) =>
    Number.isNaN(time) ? [] : time - first - index / framesPerSecond,
  );
}
