import { createHash } from 'node:crypto';
import { isObject, list, type JsonObject } from '../json/narrow.ts';

/** Digits of a key: two looks of one source, and not of all the world, must differ. */
const DIGITS = 12;

/**
 * What tells the looks of a job apart, from the `viewing` of its JobSpec as JSON: one key for all sources, or one for each; `''`
 * for one that stays as it is. None where nothing is done to pictures. The path of a LUT is no part of it, its hash is; of burnt-in text
 * what was asked for, and not what became of its tokens.
 */
export function lookKeys(viewing: unknown): readonly string[] {
  if (!isObject(viewing)) return [];
  const texts = textsOf(viewing);
  const look = viewing['look'];
  if (!isObject(look)) return texts.length === 0 ? [] : [keyOf(texts)];
  const sha256 = isObject(look['lut']) ? look['lut']['sha256'] : null;
  const shared = [sha256, look['lut_range'] ?? null, look['becomes'], ...texts];
  const cdls: readonly unknown[] = Array.isArray(look['cdl']) ? look['cdl'] : [null];
  return cdls.map((cdl) => {
    if (!isObject(cdl) && sha256 === null) return texts.length === 0 ? '' : keyOf(texts);
    const { slope, offset, power, saturation } = isObject(cdl) ? cdl : {};
    return keyOf([slope, offset, power, saturation, ...shared]);
  });
}

/** In whichever order they were written. */
function textsOf({ burn_in }: JsonObject): string[] {
  return list(burn_in)
    .flatMap((one) => (isObject(one) ? `${String(one['at'])} ${String(one['text'])}` : []))
    .sort();
}

function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS);
}
