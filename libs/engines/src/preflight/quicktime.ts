import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

const PRINTABLE = /^[\x20-\x7e\xa9]{4}$/;
const HEADER_BYTES = 8;
const WIDE_HEADER_BYTES = 16;

/** Five hours of a recording with an index for every frame have fewer. */
const MAX_ATOMS = 1_000_000;

/**
 * Walks the top-level atoms of a MOV or MP4 file. None may reach past the end of the file, and there must be an index
 * (`moov`). What follows the last atom and is none, as some cameras append, is no damage. Every step goes forward, and
 * there are at most {@link MAX_ATOMS}.
 *
 * @param size bytes.
 * @returns What is wrong, or `null`.
 */
export async function quicktimeDamage(read: RangeReader, size: number): Promise<string | null> {
  let offset = 0;
  let hasIndex = false;
  for (let step = 0; offset < size; step++) {
    if (step === MAX_ATOMS) return tooManyParts(MAX_ATOMS, 'atoms');
    const atom = await atomAt(read, offset, size);
    if (!atom) break;
    if (atom.end > size) {
      const missing = Number.isFinite(atom.end) ? `${atom.end - size} bytes ` : '';
      return `it ends ${missing}before its ${atom.type} atom does`;
    }
    hasIndex ||= atom.type === 'moov';
    offset = atom.end;
  }
  return hasIndex ? null : 'it has no index (moov atom): it was not finished or is cut off';
}

export interface Atom {
  type: string;
  /** Where what it holds begins, and where it ends, in bytes from the start of the file. */
  value: number;
  end: number;
}

/** The atom that begins at `offset`; `null` where none does. */
export async function atomAt(
  read: RangeReader,
  offset: number,
  fileSize: number,
): Promise<Atom | null> {
  const header = await viewAt(read, offset, HEADER_BYTES);
  if (!header) return null;
  const type = textAt(header, 4, 4);
  const size = header.getUint32(0);
  if (!PRINTABLE.test(type)) return null;
  const value = offset + HEADER_BYTES;
  if (size === 0) return { type, value, end: fileSize };
  if (size !== 1) return size < HEADER_BYTES ? null : { type, value, end: offset + size };
  const wide = await viewAt(read, offset, WIDE_HEADER_BYTES);
  if (!wide) return { type, value, end: Infinity };
  const wideSize = Number(wide.getBigUint64(8));
  return wideSize < WIDE_HEADER_BYTES
    ? null
    : { type, value: offset + WIDE_HEADER_BYTES, end: offset + wideSize };
}
