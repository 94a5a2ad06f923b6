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
  withTimecodeLater,
} from '../media/index.ts';
import { mxfSets, type MxfSet } from './mxf-header.ts';
import type { RangeReader } from './range-reader.ts';

/** Kinds of sets: a count of frames (TimecodeComponent), a track, and what it consists of. */
const [COUNT, TRACK, SEQUENCE] = [0x14, 0x3b, 0x0f];
/** Fields of a count: its first number, and how many there are in a second. */
const [START, BASE] = [0x1501, 0x1502];
/** Fields of a track: how many of its first samples come before its start, and its sequence; of that, its own name and what it is of. */
const [ORIGIN, ITS_SEQUENCE, UID, DATA] = [0x4b02, 0x4803, 0x3c0a, 0x0201];
/** The part of a label that says that a sequence is of pictures. */
const PICTURE = '0103020201';

/** Frames a second from which on a recorder may count every other one. */
const FAST = 47;

/** The same of an MXF file, with what its header tells and ffprobe doesn't: how it counts timecode, and what comes before its start. */
export async function withMxfStructure(
  media: MediaInfo,
  video: VideoStream,
  read: RangeReader,
): Promise<MediaInfo> {
  const rate = positiveRational(video.frameRate);
  const sets = await mxfSets(read, [COUNT, TRACK, SEQUENCE]);
  const [timecode] = startTimecodes(media, video);
  const wanted = parseTimecode(timecode ?? '');
  const isFast = rate !== null && rationalToNumber(rate) > FAST;
  const base = isFast && wanted !== null ? baseOf(sets, wanted) : null;
  const prerollFrames = preroll(sets);
  const told = { ...media, timecodeBase: base, prerollFrames };
  if (rate === null) return told;
  // Timecode of 59.94 frames a second has 60 numbers.
  const numbers = Math.round(rationalToNumber(rate));
  const counting = { numerator: base ?? numbers, denominator: 1 };
  const frames = Math.ceil((prerollFrames * counting.numerator) / numbers);
  return withTimecodeLater(told, -frames, counting);
}

/** How many numbers a second of the start timecode has: 25 in a clip of 50 frames a second, if its recorder counts so. */
function baseOf(sets: readonly MxfSet[], wanted: Timecode): number | null {
  const counts = sets.filter(({ kind }) => kind === COUNT);
  const bases = counts.flatMap(({ fields }) => {
    const [start, base] = [longIn(fields, START), fields.get(BASE)?.getUint16(0)];
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

/** How many pictures are stored before the one with which the clip begins: FFmpeg decodes them like the others. */
function preroll(sets: readonly MxfSet[]): number {
  const ofPictures = sets.filter(({ fields }) => hexOf(fields.get(DATA)).includes(PICTURE));
  const names = new Set(ofPictures.map(({ fields }) => hexOf(fields.get(UID))));
  const tracks = sets.filter(({ kind, fields }) => {
    return kind === TRACK && names.has(hexOf(fields.get(ITS_SEQUENCE)));
  });
  return Math.max(0, ...tracks.map(({ fields }) => longIn(fields, ORIGIN) ?? 0));
}

function longIn(fields: MxfSet['fields'], tag: number): number | null {
  const view = fields.get(tag);
  return view?.byteLength === 8 ? Number(view.getBigInt64(0)) : null;
}

function hexOf(view: DataView | undefined): string {
  return view === undefined
    ? ''
    : Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');
}
