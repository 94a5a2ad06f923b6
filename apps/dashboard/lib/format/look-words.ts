import { isObject, list, text } from '@app/jobspec/folder';
import { fileNameOf } from '../text/quantities.ts';

/** `prores_proxy mov half, look 3f9a`: of a look no more than tells it from others. */
export function kindWords(kind: string): string {
  return kind.replace(/ look ([0-9a-f]{4})[0-9a-f]*$/u, ', look $1');
}

/**
 * What is done to the colours of a clip, as its JobSpec or result says it, in a sentence each.
 * @param viewing of any quality
 * @param index of the clip among the sources of the job, from 0
 */
export function lookWords(viewing: unknown, index: number): string[] {
  const look = isObject(viewing) && isObject(viewing['look']) ? viewing['look'] : {};
  const { lut, lut_range, becomes } = look;
  const cdls = list(look['cdl']);
  const cdl = cdls.length === 1 ? cdls[0] : cdls[index];
  const burnt = isObject(viewing) ? list(viewing['burn_in']).filter(isObject) : [];
  return [
    ...(isObject(cdl) ? [`CDL: ${Object.entries(cdl).map(valueWords).join(', ')}.`] : []),
    ...(isObject(lut)
      ? [
          `LUT: ${fileNameOf(text(lut['path']) ?? '')}, on ${text(lut_range) ?? 'unknown'} levels, SHA-256 ${text(lut['sha256']) ?? 'unknown'}.`,
        ]
      : []),
    ...(typeof becomes === 'string' ? [`Tagged as ${becomes}.`] : []),
    ...(burnt.length > 0
      ? [
          `Burnt in: ${burnt.map((one) => `${text(one['text'])} at ${text(one['at'])}`).join(', ')}.`,
        ]
      : []),
  ];
}

function valueWords([name, value]: [string, unknown]): string {
  return `${name} ${Array.isArray(value) ? value.join(' ') : String(value)}`;
}
