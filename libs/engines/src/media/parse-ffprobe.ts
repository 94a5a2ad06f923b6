import type {
  MediaInfo,
  AudioStream,
  MediaStream,
  VideoStream,
  PacketFacts,
} from './media-info.ts';
import {
  finiteNumber,
  isObject,
  type JsonObject,
  knownText,
  lowerCaseTexts,
  objectOrEmpty,
  objectsOf,
  positiveNumber,
} from './json-fields.ts';
import { withoutMarkers } from './packets.ts';
import { sourceContainer } from './source-containers.ts';
import { parseRational, positiveRational, rationalToNumber } from './rational.ts';
import { tagDuration } from './stream-time.ts';

/**
 * Description of a file, or ffprobe's reason why it can't open the file; `damage` is what the file's structure shows to be the
 * cause.
 */
export type ProbeResult = { media: MediaInfo } | { error: string; damage?: string | null };

/**
 * Maps the JSON of `ffprobe -show_error -show_format -show_programs -show_streams`, success or failure alike. Any other input,
 * such as the empty output of a process that was killed, is an error too.
 */
export function parseProbeResult(
  json: unknown,
  packets?: ReadonlyMap<number, PacketFacts>,
): ProbeResult {
  const { error, format } = objectOrEmpty(json);
  if (isObject(error)) return { error: knownText(error['string']) ?? 'unknown error' };
  if (!isObject(format)) return { error: 'ffprobe gave no description' };
  return { media: parseFfprobe(json, packets) };
}

/**
 * Maps the JSON of `ffprobe -show_format -show_streams` (FFmpeg 7.1 and newer). Fields that ffprobe omits or calls `unknown`
 * become `null`; nothing is guessed.
 *
 * @param packets packet facts by stream index, if the file was read to its end.
 * @throws TypeError when the document describes no file.
 */
export function parseFfprobe(
  json: unknown,
  packets: ReadonlyMap<number, PacketFacts> = new Map(),
): MediaInfo {
  const document = objectOrEmpty(json);
  const format = objectOrEmpty(document['format']);
  const formatName = knownText(format['format_name']);
  if (formatName === null) throw new TypeError('Expected the JSON of ffprobe, with a format_name');
  const tags = lowerCaseTexts(format['tags']);
  // Matroska declares the length of a stream only in a tag; for a single frame FFmpeg gives the length of the file.
  const hasTags = formatName.startsWith('matroska');
  const hasSlots = sourceContainer(formatName).guarantees.count === 'slots';
  const packetsOfStream = ({ index, kind }: MediaStream) => {
    const known = packets.get(index) ?? null;
    return known !== null && hasSlots && kind === 'video' ? withoutMarkers(known) : known;
  };
  const withPackets = (parsed: MediaStream): MediaStream => {
    const stream = withOwnStatistics(parsed, tags['creation_time']);
    return {
      ...stream,
      durationSeconds: (hasTags ? tagDuration(stream) : null) ?? stream.durationSeconds,
      packets: packetsOfStream(stream),
    };
  };
  return {
    formatName,
    startSeconds: finiteNumber(format['start_time']),
    durationSeconds: finiteNumber(format['duration']),
    tags,
    streams: objectsOf(document['streams']).map((stream, index) =>
      withPackets(parseStream(stream, index)),
    ),
    programs: objectsOf(document['programs']).map(({ streams }) =>
      objectsOf(streams).flatMap(({ index }) => finiteNumber(index) ?? []),
    ),
  };
}

/** Names of mkvmerge's statistics of a stream, its duration among them. */
const STATISTIC = /^(?:_statistics|number_of_|bps(?:-|$)|duration(?:-|$))/;
/**
 * Characters of a date up to its seconds, which the two forms have in common: `2026-11-30 07:21:50` and
 * `2026-11-30T07:21:50.000000Z`.
 */
const SECOND = 19;

/**
 * Removes mkvmerge's statistics if they were written at another time than the file: other programs copy them, and some write a
 * duration with another meaning.
 */
function withOwnStatistics<Stream extends MediaStream>(stream: Stream, written = ''): Stream {
  const tags = Object.entries(stream.tags);
  const has = (start: string) => tags.find(([name]) => name.startsWith(start));
  const [, date = ''] = has('_statistics_writing_date_utc') ?? [];
  const isOwn = date.slice(0, SECOND) === written.slice(0, SECOND).replace('T', ' ');
  if (isOwn || !has('_statistics')) return stream;
  return { ...stream, tags: Object.fromEntries(tags.filter(([name]) => !STATISTIC.test(name))) };
}

function parseStream(stream: JsonObject, position: number): MediaStream {
  const ticks = positiveRational(knownText(stream['time_base']));
  const base = {
    index: finiteNumber(stream['index']) ?? position,
    codecName: knownText(stream['codec_name']),
    codecTag: knownText(stream['codec_tag_string']) ?? '[0][0][0][0]',
    profile: knownText(stream['profile']),
    startSeconds: finiteNumber(stream['start_time']),
    durationSeconds: finiteNumber(stream['duration']),
    declaredFrames: finiteNumber(stream['nb_frames']),
    tickSeconds: ticks === null ? null : rationalToNumber(ticks),
    packets: null,
    tags: lowerCaseTexts(stream['tags']),
    isAttachedPicture: objectOrEmpty(stream['disposition'])['attached_pic'] === 1,
  };
  const kind = stream['codec_type'];
  if (kind === 'video') return { ...base, kind, ...videoFields(stream) };
  if (kind === 'audio') return { ...base, kind, ...audioFields(stream) };
  const countRate = knownRatio(stream['avg_frame_rate']);
  return { ...base, kind: isOtherKind(kind) ? kind : 'unknown', countRate };
}

type BaseField = keyof MediaStream;

function videoFields(stream: JsonObject): Omit<VideoStream, BaseField> {
  const sideData = objectsOf(stream['side_data_list']);
  return {
    width: positiveNumber(stream['width']),
    height: positiveNumber(stream['height']),
    pixelFormat: knownText(stream['pix_fmt']),
    sampleAspectRatio: knownRatio(stream['sample_aspect_ratio']),
    frameRate: knownRatio(stream['r_frame_rate']),
    averageFrameRate: knownRatio(stream['avg_frame_rate']),
    head: null,
    reorderedFrames: finiteNumber(stream['has_b_frames']),
    fieldOrder: knownText(stream['field_order']),
    colorRange: knownText(stream['color_range']),
    colorPrimaries: knownText(stream['color_primaries']),
    colorTransfer: knownText(stream['color_transfer']),
    colorMatrix: knownText(stream['color_space']),
    rotationDegrees: rotationOf(sideData),
    sideData,
  };
}

function audioFields(stream: JsonObject): Omit<AudioStream, BaseField> {
  return {
    sampleRate: positiveNumber(stream['sample_rate']),
    channels: positiveNumber(stream['channels']),
    channelLayout: knownText(stream['channel_layout']),
    dispositions: Object.entries(objectOrEmpty(stream['disposition'])).flatMap(([name, flag]) =>
      flag === 1 ? [name] : [],
    ),
    primingSamples: positiveNumber(stream['initial_padding']),
  };
}

/** A ratio as ffprobe wrote it; `null` for `0/0`, `0:1` and the like. */
function knownRatio(value: unknown): string | null {
  const text = knownText(value);
  const ratio = text === null ? null : parseRational(text);
  return ratio !== null && ratio.numerator > 0 ? text : null;
}

function rotationOf(sideData: readonly JsonObject[]): number {
  const matrix = sideData.find((block) => block['side_data_type'] === 'Display Matrix');
  return finiteNumber(matrix?.['rotation']) ?? 0;
}

function isOtherKind(kind: unknown): kind is 'data' | 'subtitle' | 'attachment' {
  return kind === 'data' || kind === 'subtitle' || kind === 'attachment';
}
