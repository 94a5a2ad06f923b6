import { viewAt, type RangeReader } from './range-reader.ts';

/** The first block of a frame: a header, in the first sequence, as number 0. */
const HEADER = [0x1f, 0x07, 0x00];
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
  if (HEADER.some((byte, n) => view.getUint8(n) !== byte)) return 'no frame begins at byte 0';
  const hasMoreLines = (view.getUint8(LINES_AT) & 0x80) !== 0;
  const times = TIMES[view.getUint8(KIND_AT) & 0x1f] ?? 1;
  const frame = (hasMoreLines ? FRAME_BYTES.long : FRAME_BYTES.short) * times;
  const rest = size % frame;
  return rest === 0 ? null : `its last frame has ${rest} of ${frame} bytes`;
}
