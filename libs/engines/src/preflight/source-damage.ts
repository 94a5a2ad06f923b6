import { sourceFormat, type SourceFormat } from '../media/index.ts';
import { mxfDamage } from './mxf.ts';
import { aviDamage, dvDamage, matroskaDamage, transportStreamDamage } from './other-structures.ts';
import { quicktimeDamage } from './quicktime.ts';
import { quicktimeTimesDamage } from './quicktime-times.ts';
import { textAt, viewAt, type RangeReader } from './range-reader.ts';

type DamageCheck = (read: RangeReader, size: number) => Promise<string | null>;

const CHECKS: Record<SourceFormat, DamageCheck | null> = {
  mov: async (read, size) =>
    (await quicktimeDamage(read, size)) ?? quicktimeTimesDamage(read, size),
  matroska: matroskaDamage,
  mpegts: transportStreamDamage,
  avi: aviDamage,
  mxf: mxfDamage,
  mpeg: null,
  dv: dvDamage,
  r3d: null,
};

/** Texts that identify a format: its files have one of them at the offset. */
const BEGINNINGS: readonly (readonly [SourceFormat, offset: number, texts: readonly string[]])[] = [
  ['mov', 4, ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']],
  ['avi', 8, ['AVI ']],
  ['matroska', 0, ['\x1aE\xdf\xa3']],
  ['mxf', 0, ['\x06\x0e\x2b\x34']],
];
const BEGINNING_BYTES = 12;

/** Damage of a file that ffprobe can't open, whose format is recognised by its beginning. @returns as {@link sourceDamage} does. */
export async function damageOfUnreadable(size: number, read: RangeReader): Promise<string | null> {
  const view = await viewAt(read, 0, BEGINNING_BYTES);
  const beginning = view ? textAt(view, 0, BEGINNING_BYTES) : '';
  const [format] =
    BEGINNINGS.find(([, offset, texts]) =>
      texts.some((text) => beginning.startsWith(text, offset)),
    ) ?? [];
  return format === undefined ? null : ((await CHECKS[format]?.(read, size)) ?? null);
}

/**
 * Checks with a few small reads, and without decoding, that a source is complete: the length in its structure must agree with its
 * size.
 *
 * @param formatName ffprobe's name of the format; files in formats without a check count as complete.
 * @param size of the file in bytes.
 * @returns the damage, as the end of a sentence that begins with the file's name and a colon; `null` if it is complete.
 */
export async function sourceDamage(
  formatName: string,
  size: number,
  read: RangeReader,
): Promise<string | null> {
  const format = sourceFormat(formatName);
  const check = format && CHECKS[format];
  return check ? check(read, size) : null;
}
