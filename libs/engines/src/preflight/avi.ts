import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

const HEADER_BYTES = 12;

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
    const header = await viewAt(read, offset, HEADER_BYTES);
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
