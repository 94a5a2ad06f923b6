import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import type { JobBurnIn, JobCdl, JobLook, JobLut, Triple, Viewing } from '../vocabulary/viewing.ts';
import { amount, filled, isObject, type Json, type JsonObject, list } from '../json/narrow.ts';

/** Digits of a key: looks need to differ only within one source. */
const DIGITS = 12;

/**
 * Keys of the looks of a job, from the `viewing` of its JobSpec as JSON: one for all sources, or one for each, `''` for an
 * unchanged one. None without a look or burnt-in text. A key depends on the hash of a LUT, not on its path, and on burnt-in
 * text before its tokens are filled.
 */
export function lookKeys(viewing: unknown): readonly string[] {
  if (!isObject(viewing)) return [];
  const { look, burn_in, ...forgotten }: Json<Viewing> = viewing;
  forgotten satisfies Record<string, never>;
  const texts = list(burn_in).filter(isObject).map(textOf).sort();
  const textKey = texts.length === 0 ? null : keyOf(texts);
  if (!isObject(look)) return textKey === null ? [] : [textKey];
  const { cdls, hasLut, parts } = partsOfLook(look);
  return cdls.map((cdl) => {
    if (!isObject(cdl) && !hasLut) return textKey ?? '';
    return keyOf([...partsOfCdl(isObject(cdl) ? cdl : {}), ...parts, ...texts]);
  });
}

function partsOfLook({ cdl, lut, lut_range = null, becomes = null, ...forgotten }: Json<JobLook>) {
  forgotten satisfies Record<string, never>;
  const cdls: readonly unknown[] = Array.isArray(cdl) ? cdl : [null];
  const sha256 = isObject(lut) ? hashOf(lut) : null;
  return { cdls, hasLut: sha256 !== null, parts: [sha256, lut_range, becomes] };
}

function hashOf({ path: _path, sha256, ...forgotten }: Json<JobLut>): unknown {
  forgotten satisfies Record<string, never>;
  return sha256;
}

function partsOfCdl({ slope, offset, power, saturation, ...forgotten }: Json<JobCdl>): unknown[] {
  forgotten satisfies Record<string, never>;
  return [slope, offset, power, saturation];
}

function textOf({ at, text, ...forgotten }: Json<JobBurnIn>): string {
  forgotten satisfies Record<string, never>;
  return `${String(at)} ${String(text)}`;
}

function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS);
}

/** Look and burnt-in text of one clip. */
export interface ClipViewing {
  cdl: JobCdl | null;
  /** `name` is its file name. */
  lut: { name: string; path: string; sha256: string } | null;
  /** Colour tags of the proxy; `null` if those of the source stay. */
  becomes: string | null;
  /** Burnt-in texts, with their tokens. */
  texts: readonly string[];
}

/**
 * Look and burnt-in text of a clip, from the JobSpec's `viewing` in its result.
 *
 * @param viewing unchecked `_metadata.asked.viewing`
 * @param index index of the clip in the job
 * @returns `null` if the picture stays unchanged
 */
export function clipViewing(viewing: unknown, index: number): ClipViewing | null {
  if (!isObject(viewing)) return null;
  const { look, burn_in, ...forgotten }: Json<Viewing> = viewing;
  forgotten satisfies Record<string, never>;
  const requested: Json<JobLook> = isObject(look) ? look : {};
  const { cdl: all, lut: file, becomes, lut_range: _, ...forgottenLook } = requested;
  forgottenLook satisfies Record<string, never>;
  const cdls = list(all);
  const cdl = readCdl(cdls.length === 1 ? cdls[0] : cdls[index]);
  const lut = readLut(file);
  const texts = list(burn_in).flatMap((one) => (isObject(one) ? (filled(one['text']) ?? []) : []));
  const hasLook = cdl !== null || lut !== null;
  if (!hasLook && texts.length === 0) return null;
  return { cdl, lut, becomes: hasLook ? filled(becomes) : null, texts };
}

function readCdl(value: unknown): JobCdl | null {
  if (!isObject(value)) return null;
  const [slope, power] = [triple(value, 'slope'), triple(value, 'power')];
  const offset = triple(value, 'offset');
  const saturation = amount(value['saturation']);
  if (slope === null || offset === null || power === null || saturation === null) return null;
  return { slope, offset, power, saturation };
}

function triple(cdl: JsonObject, key: string): Triple | null {
  const numbers = list(cdl[key]).filter((one) => Number.isFinite(one));
  return numbers.length === 3 ? (numbers as unknown as Triple) : null;
}

function readLut(value: unknown): ClipViewing['lut'] {
  if (!isObject(value)) return null;
  const [path, sha256] = [filled(value['path']), filled(value['sha256'])];
  if (path === null || sha256 === null) return null;
  return { name: basename(path.replaceAll('\\', '/')), path, sha256 };
}
