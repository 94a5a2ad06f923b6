import {
  formatTimecode,
  type MediaInfo,
  parseTimecode,
  positiveRational,
  rationalToNumber,
  startTimecodes,
  type Timecode,
  timecodeAfter,
  type VideoStream,
  withTimecodeOffset,
} from '../media/index.ts';
import { viewAt, type RangeReader } from './range-reader.ts';

const KEY_BYTES = 16;
/** Most bytes of a value's length: one, and up to eight more. */
const LENGTH_BYTES = 9;
/**
 * Patterns for the keys (SMPTE ST 377-1) of a partition and of a set in a header, whose kind is captured. The eighth byte is a
 * version.
 */
const PARTITION = /^060e2b34020501..0d0102/;
const SET = /^060e2b34025301..0d0101010101(..)/;
/** Offsets in a partition of the footer's position and of the header's length. */
const [FOOTER_FIELD, HEADER_BYTES_FIELD] = [24, 32];
/** Most parts that are read of a header; those of cameras have a few hundred. */
const MOST_PARTS = 5000;
/** Bytes of the longest set that is read. */
const LONGEST_SET = 1024;

/** Kinds of sets: timecode component, track, sequence. */
const [COUNT, TRACK, SEQUENCE] = ['14', '3b', '0f'];
/** Fields of a timecode component: its start as a frame number, and frame numbers per second. */
const [START, BASE] = [0x1501, 0x1502];
/** Fields of a track: number of samples before its start, and its sequence; of a sequence: its UID, and its data definition. */
const [ORIGIN, ITS_SEQUENCE, UID, DATA] = [0x4b02, 0x4803, 0x3c0a, 0x0201];
/** Part of a data definition that means pictures. */
const PICTURE = '0103020201';

/** Frame rate above which a recorder may count every other frame only. */
const FAST = 47;

/** Key, with offset and length of its value in bytes. */
interface Part {
  /** In hexadecimal digits. */
  key: string;
  value: number;
  length: number;
}

/** Set of fields in the header of an MXF file. */
interface MxfSet {
  kind: string;
  /** Fields by their two-byte tags. */
  fields: ReadonlyMap<number, Buffer>;
}

/**
 * Checks that the footer of a finished MXF file is where its header says. A run-in before the header isn't looked for: no known
 * program writes one.
 *
 * @returns the damage, or `null`; also `null` for a header without a footer, as in a file that is still being written.
 */
export async function mxfDamage(read: RangeReader, size: number): Promise<string | null> {
  const footer = (await headerFields(read))?.footer ?? 0;
  if (footer === 0) return null;
  if (footer + KEY_BYTES > size) return `it ends before its footer, which begins at byte ${footer}`;
  const part = await partAt(read, footer);
  return part !== null && PARTITION.test(part.key)
    ? null
    : `there is no footer at byte ${footer}, where its header says`;
}

/** Adds what an MXF header has and ffprobe leaves out: how timecode is counted, and the pre-roll. */
export async function withMxfStructure(
  media: MediaInfo,
  video: VideoStream,
  read: RangeReader,
): Promise<MediaInfo> {
  const rate = positiveRational(video.frameRate);
  const sets = await setsOf(read);
  const [timecode] = startTimecodes(media, video);
  const wanted = parseTimecode(timecode ?? '');
  const isFast = rate !== null && rationalToNumber(rate) > FAST;
  const base = isFast && wanted !== null ? baseOf(sets, wanted) : null;
  const prerollFrames = preroll(sets);
  const timed = { ...media, timecodeBase: base, prerollFrames };
  if (rate === null) return timed;
  // Timecode at 59.94 fps has 60 numbers a second.
  const numbers = Math.round(rationalToNumber(rate));
  const counting = { numerator: base ?? numbers, denominator: 1 };
  const frames = Math.ceil((prerollFrames * counting.numerator) / numbers);
  return withTimecodeOffset(timed, -frames, counting);
}

/** Start and end of the header of a file, and the position of its footer. */
async function headerFields(read: RangeReader) {
  const part = await partAt(read, 0);
  const view =
    part && PARTITION.test(part.key) && (await viewAt(read, part.value, HEADER_BYTES_FIELD + 8));
  if (!part || !view) return null;
  const first = part.value + part.length;
  const end = first + Number(view.getBigUint64(HEADER_BYTES_FIELD));
  return { first, end, footer: Number(view.getBigUint64(FOOTER_FIELD)) };
}

/** Sets of the kinds above in the header; none if the header can't be read. */
async function setsOf(read: RangeReader): Promise<MxfSet[]> {
  const { first, end } = (await headerFields(read)) ?? { first: 0, end: 0 };
  const sets: MxfSet[] = [];
  let at = first;
  for (let parts = 0; at < end && parts < MOST_PARTS; parts++) {
    const part = await partAt(read, at);
    if (part === null) break;
    const [, kind = ''] = SET.exec(part.key) ?? [];
    if ([COUNT, TRACK, SEQUENCE].includes(kind) && part.length <= LONGEST_SET)
      sets.push({ kind, fields: fieldsIn(Buffer.from(await read(part.value, part.length))) });
    at = part.value + part.length;
  }
  return sets;
}

async function partAt(read: RangeReader, offset: number): Promise<Part | null> {
  const bytes = Buffer.from(await read(offset, KEY_BYTES + LENGTH_BYTES));
  if (bytes.length < KEY_BYTES + 1) return null;
  const key = bytes.toString('hex', 0, KEY_BYTES);
  const first = bytes.readUInt8(KEY_BYTES);
  // BER: a first byte above 0x80 says how many bytes of the length follow.
  const more = first > 0x80 ? first - 0x80 : 0;
  if (!key.startsWith('060e2b34') || more >= LENGTH_BYTES) return null;
  const value = KEY_BYTES + 1 + more;
  const length = more === 0 ? first : Number(`0x${bytes.toString('hex', KEY_BYTES + 1, value)}`);
  return { key, value: offset + value, length };
}

function fieldsIn(bytes: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length;) {
    const [tag, end] = [bytes.readUInt16BE(at), at + 4 + bytes.readUInt16BE(at + 2)];
    if (end > bytes.length) break;
    fields.set(tag, bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/**
 * Frame numbers per second of the start timecode: 25 in a clip of 50 fps if its recorder counts every other frame. `null` unless
 * the header gives exactly one.
 */
function baseOf(sets: readonly MxfSet[], wanted: Timecode): number | null {
  const counts = sets.filter(({ kind }) => kind === COUNT);
  const bases = counts.flatMap(({ fields }) => {
    const [start, base] = [longIn(fields, START), fields.get(BASE)?.readUInt16BE(0)];
    return start !== null && base !== undefined && isAt(start, base, wanted) ? [base] : [];
  });
  const [base, ...others] = new Set(bases);
  return others.length === 0 ? (base ?? null) : null;
}

function isAt(start: number, base: number, wanted: Timecode): boolean {
  const { dropFrame } = wanted;
  const midnight = { hours: 0, minutes: 0, seconds: 0, frames: 0, dropFrame };
  try {
    const first = timecodeAfter(midnight, start, { numerator: base, denominator: 1 });
    return formatTimecode(first) === formatTimecode(wanted);
  } catch {
    return false;
  }
}

/** Number of frames stored before the one with which the clip begins (pre-roll): FFmpeg decodes them like the others. */
function preroll(sets: readonly MxfSet[]): number {
  const hex = ({ fields }: MxfSet, tag: number) => fields.get(tag)?.toString('hex') ?? '';
  const ofPictures = sets.filter((set) => hex(set, DATA).includes(PICTURE));
  const names = new Set(ofPictures.map((set) => hex(set, UID)));
  const tracks = sets.filter((set) => set.kind === TRACK && names.has(hex(set, ITS_SEQUENCE)));
  return Math.max(0, ...tracks.map(({ fields }) => longIn(fields, ORIGIN) ?? 0));
}

function longIn(fields: MxfSet['fields'], tag: number): number | null {
  const bytes = fields.get(tag);
  return bytes?.length === 8 ? Number(bytes.readBigInt64BE(0)) : null;
}
