import { clipViewing } from '@app/jobspec/result';

/** How people write what the contract writes otherwise. */
const WRITTEN: [RegExp, string][] = [
  [/ look ([0-9a-f]{4})[0-9a-f]*$/u, ', look $1'],
  [/^prores_/u, 'ProRes '],
  [/^dnxhd/u, 'DNxHD'],
  [/^dnxhr/u, 'DNxHR'],
  [/^hevc/u, 'H.265'],
  [/^h(?=26)/u, 'H.'],
  [/^av1/u, 'AV1'],
  [/^vp9/u, 'VP9'],
  [/ same\b/u, ', full size'],
  [/ (half|quarter)\b/u, ', $1 size'],
];

/** `ProRes proxy mov, half size, look 3f9a`: of a look no more than tells it from others. */
export function kindWords(kind: string): string {
  return WRITTEN.reduce((words, [part, written]) => words.replace(part, written), kind);
}

/**
 * What is done to the colours of a clip, and the text in its picture, in sentences; empty when it is left as it is.
 * @param viewing of a JobSpec or result, of any quality
 * @param index of the clip among the sources of the job, from 0
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
