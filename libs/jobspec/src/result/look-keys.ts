import { createHash } from 'node:crypto';
import { isObject } from '../json/narrow.ts';

/** Digits of a key: two looks of one source, and not of all the world, must differ. */
const DIGITS = 12;

/**
 * What tells the looks of a job apart, from the `viewing` of its JobSpec as JSON: one key for all sources, or one for each; `''`
 * for one without a look. None where the job has no look. The path of a LUT is no part of it, its hash is.
 */
export function lookKeys(viewing: unknown): readonly string[] {
  const look = isObject(viewing) ? viewing['look'] : undefined;
  if (!isObject(look)) return [];
  const sha256 = isObject(look['lut']) ? look['lut']['sha256'] : null;
  const shared = [sha256, look['lut_range'] ?? null, look['becomes']];
  const cdls: readonly unknown[] = Array.isArray(look['cdl']) ? look['cdl'] : [null];
  return cdls.map((cdl) => {
    if (!isObject(cdl) && sha256 === null) return '';
    const { slope, offset, power, saturation } = isObject(cdl) ? cdl : {};
    const parts = JSON.stringify([slope, offset, power, saturation, ...shared]);
    return createHash('sha256').update(parts).digest('hex').slice(0, DIGITS);
  });
}
