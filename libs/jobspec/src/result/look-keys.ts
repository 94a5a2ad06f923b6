import { createHash } from 'node:crypto';
import { isObject, list, type Json } from '../json/narrow.ts';
import type { JobBurnIn, JobCdl, JobLook, JobLut, Viewing } from '../vocabulary/viewing.ts';

/** Digits of a key: two looks of one source, and not of all the world, must differ. */
const DIGITS = 12;

/**
 * What tells the looks of a job apart, from the `viewing` of its JobSpec as JSON: one key for all sources, or one for each; `''`
 * for one that stays as it is. None where nothing is done to pictures. The path of a LUT is no part of it, its hash is; of burnt-in text
 * what was asked for, and not what became of its tokens.
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
