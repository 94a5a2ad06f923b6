import { textAt, viewAt, type RangeReader } from './range-reader.ts';

const PRINTABLE = /^[\x20-\x7e\xa9]{4}$/;
const HEADER_BYTES = 8;
const WIDE_HEADER_BYTES = 16;

/**
 * Walks the top-level atoms of a MOV or MP4 file. None may reach past the end of the file, and there must be an index
 * (`moov`). What follows the last atom and is none, as some cameras append, is no damage.
 *
 * @param size bytes.
 * @returns What is wrong, or `null`.
 */
export async function quicktimeDamage(read: RangeReader, size: number): Promise<string | null> {
  let offset = 0;
  let hasIndex = false;
  while (offset < size) {
    const atom = await atomAt(read, offset, size);
    if (!atom) break;
    if (atom.end > size) {
      return `it ends ${atom.end - size} bytes before its ${atom.type} atom does`;
    }
    hasIndex ||= atom.type === 'moov';
    offset = atom.end;
  }
  return hasIndex ? null : 'it has no index (moov atom): it was not finished or is cut off';
}

interface Atom {
  type: string;
  /** Bytes from the start of the file. */
  end: number;
}

async function atomAt(read: RangeReader, offset: number, fileSize: number): Promise<Atom | null> {
  const header = await viewAt(read, offset, HEADER_BYTES);
  if (!header) return null;
  const type = textAt(header, 4, 4);
  const size = header.getUint32(0);
  if (!PRINTABLE.test(type)) return null;
  if (size === 0) return { type, end: fileSize };
  if (size !== 1) return size < HEADER_BYTES ? null : { type, end: offset + size };
  const wide = await viewAt(read, offset, WIDE_HEADER_BYTES);
  return { type, end: wide ? offset + Number(wide.getBigUint64(8)) : Infinity };
}
