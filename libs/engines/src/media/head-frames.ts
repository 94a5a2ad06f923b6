import { headParts, laterFrames, presentedPackets, ptsOf } from './head-json.ts';
import { finiteNumber, type JsonObject, objectOrEmpty, objectsOf } from './json-fields.ts';
import { formatRational, positiveRational, reduceRational } from './rational.ts';
import { sourceContainer } from './source-containers.ts';
import { lacksTimes } from './frame-regularity.ts';
import { type HeadFrames, type MediaInfo, primaryVideo } from './media-info.ts';

/** Codecs whose frames carry their size; FFmpeg believes the container until it decodes one. */
const OWN_SIZE = new Set(['av1', 'vp8', 'vp9']);

/**
 * Maps the JSON of `headArguments`; `null` when no frame could be decoded. Times are left out if the container only counts
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
