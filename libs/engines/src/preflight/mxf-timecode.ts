import {
  formatTimecode,
  type MediaInfo,
  parseTimecode,
  positiveRational,
  rationalToNumber,
  sourceFormat,
  type Timecode,
  timecodeAfter,
  type VideoStream,
} from '../media/index.ts';
import { viewAt, type RangeReader } from './range-reader.ts';

/** The key of a count in a header (TimecodeComponent of SMPTE ST 377-1); the eighth byte is a version and not compared. */
const COMPONENT_KEY = [
  0x06, 0x0e, 0x2b, 0x34, 0x02, 0x53, 0x01, -1, 0x0d, 0x01, 0x01, 0x01, 0x01, 0x01, 0x14,
];
const KEY_BYTES = 16;
/** A length takes a byte, or up to eight more. */
const LENGTH_BYTES = 9;
/** Where a partition says how long its header is: behind its own lengths. */
const HEADER_BYTES_FIELD = 32;
/** Parts of a header; those of cameras have some hundred. */
const MOST_PARTS = 5000;
/** Fields of a count: its first number, and how many there are in a second. */
const [START, BASE] = [0x1501, 0x1502];
/** Bytes of the fields of a count, at most. */
const LONGEST_COMPONENT = 1024;

/** Frames a second from which on a recorder may count every other one. */
const FAST = 47;

/** A count of frames as an MXF file declares it. */
interface Count {
  start: number;
  base: number;
}

interface Part {
  isCount: boolean;
  value: number;
  length: number;
}

/** Whether {@link mxfTimecodeBase} may tell something that ffprobe doesn't. */
export function countsMayDiffer({ formatName }: MediaInfo, { frameRate }: VideoStream): boolean {
  const rate = positiveRational(frameRate);
  return sourceFormat(formatName) === 'mxf' && rate !== null && rationalToNumber(rate) > FAST;
}

/**
 * How many numbers a second of an MXF file's start timecode has: 25 in a clip of 50 frames a second, if its recorder counts so. ffprobe
 * tells the timecode alone.
 *
 * @param text of that timecode: there may be others in the file.
 * @returns `null` where the file doesn't tell.
 */
export async function mxfTimecodeBase(read: RangeReader, text: string): Promise<number | null> {
  const wanted = parseTimecode(text);
  if (wanted === null) return null;
  const counts = await countsOf(read);
  const [base, ...others] = new Set(
    counts.filter((count) => isAt(count, wanted)).map(({ base }) => base),
  );
  return others.length === 0 ? (base ?? null) : null;
}

function isAt({ start, base }: Count, wanted: Timecode): boolean {
  const { dropFrame } = wanted;
  const midnight = { hours: 0, minutes: 0, seconds: 0, frames: 0, dropFrame };
  try {
    const first = timecodeAfter(midnight, start, { numerator: base, denominator: 1 });
    return formatTimecode(first) === formatTimecode(wanted);
  } catch {
    return false;
  }
}

async function countsOf(read: RangeReader): Promise<Count[]> {
  const pack = await partAt(read, 0);
  const fields = pack && (await viewAt(read, pack.value, HEADER_BYTES_FIELD + 8));
  if (!pack || !fields) return [];
  const first = pack.value + pack.length;
  const end = first + Number(fields.getBigUint64(HEADER_BYTES_FIELD));
  const counts: Count[] = [];
  let at = first;
  for (let parts = 0; at < end && parts < MOST_PARTS; parts++) {
    const part = await partAt(read, at);
    if (part === null) break;
    if (part.isCount) counts.push(...(await countIn(read, part)));
    at = part.value + part.length;
  }
  return counts;
}

async function partAt(read: RangeReader, offset: number): Promise<Part | null> {
  const view = await viewAt(read, offset, KEY_BYTES + LENGTH_BYTES);
  if (view === null || view.getUint32(0) !== 0x060e2b34) return null;
  const isCount = COMPONENT_KEY.every((byte, at) => byte < 0 || view.getUint8(at) === byte);
  const first = view.getUint8(KEY_BYTES);
  const more = first > 0x80 ? first - 0x80 : 0;
  if (more >= LENGTH_BYTES) return null;
  let length = more === 0 ? first : 0;
  for (let at = 1; at <= more; at++) length = length * 256 + view.getUint8(KEY_BYTES + at);
  return { isCount, value: offset + KEY_BYTES + 1 + more, length };
}

async function countIn(read: RangeReader, { value, length }: Part): Promise<Count[]> {
  const view = length > LONGEST_COMPONENT ? null : await viewAt(read, value, length);
  if (view === null) return [];
  let [start, base]: [number | null, number | null] = [null, null];
  for (let at = 0; at + 4 <= length; at += 4 + view.getUint16(at + 2)) {
    const [tag, size] = [view.getUint16(at), view.getUint16(at + 2)];
    if (at + 4 + size > length) break;
    if (tag === START && size === 8) start = Number(view.getBigInt64(at + 4));
    if (tag === BASE && size === 2) base = view.getUint16(at + 4);
  }
  return start === null || base === null ? [] : [{ start, base }];
}
