import { textAt, viewAt, type RangeReader } from './range-reader.ts';

/** A list has its kind after its size, and so does the file. */
const LIST_BYTES = 12;
const CHUNK_BYTES = 8;
const ENTRY_BYTES = 16;
/** Of a file: headers, text, pictures, index and what fills up. */
const MAX_CHUNKS = 100;
/** Entries of all streams after the last picture; pictures that stand still for longer are no recording. */
const MAX_ENTRIES = 100_000;
const ENTRIES_AT_ONCE = 256;

/**
 * How many slots an AVI lists after the last one with a picture: they are empty since the picture stays. A recording that was
 * cut lists none, and one of several gigabytes isn't looked at.
 *
 * @param stream its index, as FFmpeg counts.
 */
export async function emptySlotsAtEnd(
  read: RangeReader,
  size: number,
  stream: number,
): Promise<number> {
  const index = await indexOf(read, size);
  return index ? countAtEnd(read, index, stream) : 0;
}

/** Where the index of the only RIFF list has its entries; `null` where there is none, or another list. */
async function indexOf(read: RangeReader, size: number): Promise<Range | null> {
  const file = await viewAt(read, 0, LIST_BYTES);
  if (!file || textAt(file, 0, 4) !== 'RIFF') return null;
  const end = CHUNK_BYTES + file.getUint32(4, true);
  if (await viewAt(read, end + (end % 2), LIST_BYTES)) return null;
  let offset = LIST_BYTES;
  for (let step = 0; step < MAX_CHUNKS && offset < end; step++) {
    const chunk = await viewAt(read, offset, CHUNK_BYTES);
    if (!chunk) return null;
    const [from, length] = [offset + CHUNK_BYTES, chunk.getUint32(4, true)];
    if (textAt(chunk, 0, 4) === 'idx1') return from + length <= size ? { from, length } : null;
    offset = from + length + (length % 2);
  }
  return null;
}

interface Range {
  from: number;
  length: number;
}

/** Reads backwards, since an index of hours is large. */
async function countAtEnd(
  read: RangeReader,
  { from, length }: Range,
  stream: number,
): Promise<number> {
  const number = String(stream).padStart(2, '0');
  const frames = new Set([`${number}dc`, `${number}db`]);
  const all = Math.floor(length / ENTRY_BYTES);
  let empty = 0;
  for (let next = all; next > Math.max(0, all - MAX_ENTRIES);) {
    const first = Math.max(0, next - ENTRIES_AT_ONCE);
    const bytes = (next - first) * ENTRY_BYTES;
    const entries = await viewAt(read, from + first * ENTRY_BYTES, bytes);
    if (!entries) return 0;
    for (let at = bytes - ENTRY_BYTES; at >= 0; at -= ENTRY_BYTES) {
      if (!frames.has(textAt(entries, at, 4))) continue;
      if (entries.getUint32(at + 12, true) > 0) return empty;
      empty += 1;
    }
    next = first;
  }
  return 0;
}
