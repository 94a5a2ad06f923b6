import { clipViewing } from '@app/jobspec/result';

/** Display names for parts of a proxy format. */
const WRITTEN: [RegExp, string][] = [
  [/ look ([0-9a-f]{4})[0-9a-f]*$/u, ', with look or text ($1)'],
  [/^prores_/u, 'ProRes '],
  [/^dnxhd/u, 'DNxHD'],
  [/^dnxhr/u, 'DNxHR'],
  [/^h(?=26)/u, 'H.'],
  [/^av1/u, 'AV1'],
  [/^vp9/u, 'VP9'],
  [/ same\b/u, ', full size'],
  [/ (half|quarter)\b/u, ', $1 size'],
];

/** Proxy format for display: `ProRes proxy mov, half size, with look or text (3f9a)`, by the first digits of their hash. */
export function kindWords(kind: string): string {
  return WRITTEN.reduce((words, [part, written]) => words.replace(part, written), kind);
}

/**
 * Describes the look and burnt-in text of a clip; empty if it has neither.
 * @param viewing of a JobSpec or result, not validated
 * @param index position of the clip among the job's sources, from 0
 */
export function lookWords(viewing: unknown, index: number): string {
  const { cdl, lut, becomes, texts = [] } = clipViewing(viewing, index) ?? {};
  const values = Object.entries(cdl ?? {}).map(([name, value]) => `${name} ${[value].join()}`);
  const parts = [
    values.length > 0 && `CDL: ${values.join(', ').replaceAll(/,(?! )/gu, ' ')}.`,
    lut && `LUT: ${lut.name}, SHA-256 ${lut.sha256}.`,
    becomes && `Tagged as ${becomes}.`,
    texts.length > 0 && `Text in the picture: ${texts.join(', ')}.`,
  ];
  return parts.filter(Boolean).join(' ');
}
