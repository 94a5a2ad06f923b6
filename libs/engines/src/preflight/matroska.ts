import { viewAt, type RangeReader } from './range-reader.ts';

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
