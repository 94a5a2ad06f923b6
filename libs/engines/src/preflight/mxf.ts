import { viewAt, type RangeReader } from './range-reader.ts';

/** The first eleven bytes of every partition's key; the eighth is a version and not compared. */
const PARTITION_KEY = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, -1, 0x0d, 0x01, 0x02];
const KEY_BYTES = 16;
/** A run-in of up to 64 KiB may come before the first partition; FFmpeg and cameras write none. */
const NO_RUN_IN = 0;
/** From the start of a partition's value to the place of the footer. */
const FOOTER_FIELD = 24;

/**
 * The header of a finished MXF file says where its footer is.
 *
 * @returns What is wrong, or `null`; `null` too for a header that doesn't say, as in a file that is still being written.
 */
export async function mxfDamage(read: RangeReader, size: number): Promise<string | null> {
  const value = await partitionValue(read, NO_RUN_IN);
  const fields = value === null ? null : await viewAt(read, value, FOOTER_FIELD + 8);
  const footer = fields ? Number(fields.getBigUint64(FOOTER_FIELD)) : 0;
  if (footer === 0) return null;
  if (footer + KEY_BYTES > size) return `it ends before its footer, which begins at byte ${footer}`;
  return (await partitionValue(read, footer)) === null
    ? `there is no footer at byte ${footer}, where its header says`
    : null;
}

/** Where the value of the partition at `offset` begins; `null` when there is none. */
async function partitionValue(read: RangeReader, offset: number): Promise<number | null> {
  const view = await viewAt(read, offset, KEY_BYTES + 1);
  if (!view) return null;
  const matches = PARTITION_KEY.every(
    (byte, position) => byte < 0 || view.getUint8(position) === byte,
  );
  const length = view.getUint8(KEY_BYTES);
  // BER: a first byte above 0x80 says how many length bytes follow.
  const lengthBytes = length > 0x80 ? 1 + (length - 0x80) : 1;
  return matches ? offset + KEY_BYTES + lengthBytes : null;
}
