import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

const LIST_BYTES = 12;

/** Most RIFF lists of a file; each holds about a gigabyte. */
const MAX_LISTS = 10_000;

/** Placeholders for a length until the recording is finished: zero, or the largest number. */
const UNFINISHED: ReadonlySet<number> = new Set([0, 0xffffffff]);

/**
 * Checks the lengths of an AVI file's RIFF lists; a file larger than 1 GB has several.
 *
 * @returns the damage, or `null`.
 */
export async function aviDamage(read: RangeReader, size: number): Promise<string | null> {
  let offset = 0;
  for (let step = 0; offset < size; step++) {
    if (step === MAX_LISTS) return tooManyParts(MAX_LISTS, 'RIFF lists');
    const header = await viewAt(read, offset, LIST_BYTES);
    if (!header || textAt(header, 0, 4) !== 'RIFF') return null;
    const length = header.getUint32(4, true);
    if (UNFINISHED.has(length))
      return 'its RIFF list has no length, as if the recording was never finished';
    const end = offset + 8 + length;
    if (end > size) return `it ends ${end - size} bytes before its RIFF list does`;
    // Lists begin at even offsets.
    offset = end + (end % 2);
  }
  return null;
}

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const ID_BYTES = 4;

/**
 * Checks the length of the only segment of a Matroska or WebM file, written once the file is finished.
 *
 * @returns the damage, or `null`; also `null` for a live recording that never stored its size.
 */
export async function matroskaDamage(read: RangeReader, size: number): Promise<string | null> {
  const header = await elementAt(read, 0, EBML);
  const segment = header && (await elementAt(read, header.end, SEGMENT));
  if (!segment || segment.end <= size) return null;
  return `it ends ${segment.end - size} bytes before its segment does`;
}

async function elementAt(
  read: RangeReader,
  offset: number,
  id: number,
): Promise<{ end: number } | null> {
  const view = await viewAt(read, offset, ID_BYTES + 8);
  if (!view || view.getUint32(0) !== id) return null;
  const width = Math.clz32(view.getUint8(ID_BYTES)) - 23;
  if (width > 8) return null;
  const bits = 7 * width;
  const size =
    (view.getBigUint64(ID_BYTES) >> BigInt(64 - 8 * width)) & ((1n << BigInt(bits)) - 1n);
  const unknown = (1n << BigInt(bits)) - 1n;
  return size === unknown ? null : { end: offset + ID_BYTES + width + Number(size) };
}

const SYNC = 0x47;
/** Layouts of packets: plain, with a timestamp before each (M2TS), with error correction after each. */
const LAYOUTS = [
  { packet: 188, sync: 0 },
  { packet: 192, sync: 4 },
  { packet: 204, sync: 0 },
];
const PACKETS_TO_TELL = 4;
/** Bytes at the start in which every packet is checked; FFmpeg notices later losses by the packets' counters. */
const BYTES_OF_START = 65_536;

/**
 * Checks the packets of a transport stream, which declares nothing else, by their fixed size: a lost part near the start shows as
 * a missing packet, and a cut as an incomplete last packet. If the file starts inside a packet, its end can't be judged.
 *
 * @returns the damage, or `null`.
 */
export async function transportStreamDamage(
  read: RangeReader,
  size: number,
): Promise<string | null> {
  const bytes = await read(0, BYTES_OF_START);
  const places = LAYOUTS.flatMap(({ packet, sync }) =>
    Array.from({ length: packet }, (_, first) => ({ packet, first, isWhole: first === sync })),
  );
  const found = places.find(({ packet, first }) => hasPackets(bytes, packet, first));
  if (found === undefined) return lostAt(0);
  const { packet, first, isWhole } = found;
  for (let at = first; at < bytes.length; at += packet) if (bytes[at] !== SYNC) return lostAt(at);
  const rest = isWhole ? size % packet : 0;
  return rest === 0 ? null : `its last packet has ${rest} of ${packet} bytes`;
}

function hasPackets(bytes: Uint8Array, packet: number, first: number): boolean {
  const starts = Array.from({ length: PACKETS_TO_TELL }, (_, n) => first + n * packet);
  return starts.every((start) => bytes[start] === SYNC);
}

function lostAt(byte: number): string {
  return `no packet begins at byte ${byte}, where one is due`;
}

/** ID of the first block of a frame: a header block, in the first sequence, with number 0. */
const FRAME_HEADER = [0x1f, 0x07, 0x00];
/** Bytes of a frame of 525 lines, and of 625, at 25 Mbit/s. */
const FRAME_BYTES = { short: 120_000, long: 144_000 };
/** Offsets of the flag for 625 lines, and of the signal type in the video auxiliary data (the source pack of block 5). */
const LINES_AT = 3;
const KIND_AT = 5 * 80 + 48 + 3;
const BYTES_TO_TELL = 480;
/** Factors of the frame size for other signal types: DVCPRO 50, DVCPRO HD with 1080 and with 720 lines. */
const SIZE_FACTORS: Record<number, number> = { 0x04: 2, 0x14: 4, 0x18: 2 };

/**
 * Checks the frames of a DV file, which declares nothing else, by their fixed size: a cut shows as an incomplete first or last
 * frame.
 *
 * @returns the damage, or `null`.
 */
export async function dvDamage(read: RangeReader, size: number): Promise<string | null> {
  const view = await viewAt(read, 0, BYTES_TO_TELL);
  if (!view) return null;
  if (FRAME_HEADER.some((byte, n) => view.getUint8(n) !== byte)) return 'no frame begins at byte 0';
  const hasMoreLines = (view.getUint8(LINES_AT) & 0x80) !== 0;
  const factor = SIZE_FACTORS[view.getUint8(KIND_AT) & 0x1f] ?? 1;
  const frame = (hasMoreLines ? FRAME_BYTES.long : FRAME_BYTES.short) * factor;
  const rest = size % frame;
  return rest === 0 ? null : `its last frame has ${rest} of ${frame} bytes`;
}
