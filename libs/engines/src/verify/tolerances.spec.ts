import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONTENT_TOLERANCES } from '../content/measure/tolerances.ts';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import { TOLERANCES } from './tolerances.ts';

const DOCUMENT = readFileSync(new URL('../../../../docs/verification.md', import.meta.url), 'utf8');

it.each(Object.entries({ ...TOLERANCES, ...CONTENT_TOLERANCES }))(
  'docs/verification.md gives %s as %d',
  (name, value) => {
    const row = DOCUMENT.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    expect(row?.split('|')[2]?.trim().split(' ')[0]).toBe(String(value));
  },
);

it.each([
  ['H.264, H.265', 'h264'],
  ['VP9, AV1', 'vp9'],
  ['ProRes LT to 4444', 'prores_hq'],
  ['ProRes Proxy', 'prores_proxy'],
  ['DNxHR, DNxHD', 'dnxhr'],
] as const)('docs/verification.md gives what %s leaves', (title, codec) => {
  const row = DOCUMENT.split('\n').find((line) => line.startsWith(`| ${title} `)) ?? '';
  const cells = row.split('|').slice(2, -1);
  const { leaves } = CODEC_RULES[codec];
  const { kept, keptUsually, keptBesideOthers, colourKept, added, addedOfPart } = leaves;
  const { marks, moved, likeness } = leaves;
  const columns = [kept, keptUsually, keptBesideOthers, colourKept, added, addedOfPart];
  expect(cells.map((cell) => cell.trim())).toEqual(
    [...columns, marks, moved, likeness].map((value) => (value === null ? '' : String(value))),
  );
});
