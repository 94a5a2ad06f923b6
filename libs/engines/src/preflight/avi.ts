import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

const HEADER_BYTES = 12;

/** Each holds about a gigabyte. */
const MAX_LISTS = 10_000;

/**
 * An AVI file is one RIFF list, or several when it is larger than 1 GB; each says how long it is.
 *
 * @returns What is wrong, or `null`.
 */
export async function aviDamage(read: RangeReader, size: number): Promise<string | null> {
  let offset = 0;
  for (let step = 0; offset < size; step++) {
    if (step === MAX_LISTS) return tooManyParts(MAX_LISTS, 'RIFF lists');
    const header = await viewAt(read, offset, HEADER_BYTES);
    if (!header || textAt(header, 0, 4) !== 'RIFF') return null;
    const end = offset + 8 + header.getUint32(4, true);
    if (end > size) return `it ends ${end - size} bytes before its RIFF list does`;
    // Lists begin at even offsets.
    offset = end + (end % 2);
  }
  return null;
}
