import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

const LIST_BYTES = 12;

/** Each holds about a gigabyte. */
const MAX_LISTS = 10_000;

/** What stands in the place of a length until the recording is finished: programs write nothing there, or the most. */
const UNFINISHED: ReadonlySet<number> = new Set([0, 0xffffffff]);

/**
 * An AVI file is one RIFF list, or several when it is larger than 1 GB; each says how long it is.
 *
 * @returns What is wrong, or `null`.
 */
export async function aviDamage(read: RangeReader, size: number): Promise<string | null> {
  let offset = 0;
  for (let step = 0; offset < size; step++) {
    if (step === MAX_LISTS) return tooManyParts(MAX_LISTS, 'RIFF lists');
    const header = await viewAt(read, offset, LIST_BYTES);
    if (!header || textAt(header, 0, 4) !== 'RIFF') return null;
    const length = header.getUint32(4, true);
    if (UNFINISHED.has(length))
      return 'its RIFF list has no length, as where a recording was never finished';
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
 * Everything of a Matroska or WebM file is in one segment, which says how long it is once the file is finished.
 *
 * @returns What is wrong, or `null`; `null` too for a live recording that never said its size.
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
/** Plain packets, with a time stamp before each (M2TS), with error correction after each. */
const LAYOUTS = [
  { packet: 188, sync: 0 },
  { packet: 192, sync: 4 },
  { packet: 204, sync: 0 },
];
const PACKETS_TO_TELL = 4;
/** So far packets are looked at: FFmpeg misses those that are lost later, by the numbers that they have. */
const BYTES_OF_START = 65_536;

/**
 * A transport stream is a row of packets of one size and declares nothing else: a start that was lost shows as a place without a
 * packet, and a cut as a last packet that isn't whole. Of a recording that starts inside a packet, the end can't be judged.
 *
 * @returns What is wrong, or `null`.
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

/** The first block of a frame: a header, in the first sequence, as number 0. */
const FRAME_HEADER = [0x1f, 0x07, 0x00];
/** Bytes of a frame of 525 lines, and of 625, at 25 Mbit/s. */
const FRAME_BYTES = { short: 120_000, long: 144_000 };
/** Where a frame says that it has 625 lines, and of which kind it is: by the auxiliary data of its first picture block. */
const LINES_AT = 3;
const KIND_AT = 5 * 80 + 48 + 3;
const BYTES_TO_TELL = 480;
/** How many times as long frames of other kinds are: DVCPRO 50, DVCPRO HD of 1080 and of 720 lines. */
const TIMES: Record<number, number> = { 0x04: 2, 0x14: 4, 0x18: 2 };

/**
 * DV is a row of frames of one size and declares nothing else: a cut shows as a first or last frame that isn't whole.
 *
 * @returns What is wrong, or `null`.
 */
export async function dvDamage(read: RangeReader, size: number): Promise<string | null> {
  const view = await viewAt(read, 0, BYTES_TO_TELL);
  if (!view) return null;
  if (FRAME_HEADER.some((byte, n) => view.getUint8(n) !== byte)) return 'no frame begins at byte 0';
  const hasMoreLines = (view.getUint8(LINES_AT) & 0x80) !== 0;
  const times = TIMES[view.getUint8(KIND_AT) & 0x1f] ?? 1;
  const frame = (hasMoreLines ? FRAME_BYTES.long : FRAME_BYTES.short) * times;
  const rest = size % frame;
  return rest === 0 ? null : `its last frame has ${rest} of ${frame} bytes`;
}
