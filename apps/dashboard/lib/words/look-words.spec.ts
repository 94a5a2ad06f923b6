import { expect, it } from 'vitest';
import { OWN_CODECS } from '../../../../libs/jobspec/src/vocabulary/vocabulary.ts';
import { kindWords, lookWords } from './look-words.ts';

const cdl = { slope: [1.2, 1, 1], offset: [0, 0, 0.003], power: [1, 1, 1.08], saturation: 1.1 };
const lut = { path: '/mnt/show/LogC3_709.cube', sha256: 'ab12'.repeat(16) };

it('says which look a clip has: its own CDL, or the one for all', () => {
  const viewing = { look: { cdl: [null, cdl], lut, lut_range: 'video', becomes: 'bt709' } };
  const told = `LUT: LogC3_709.cube, SHA-256 ${lut.sha256}. Tagged as bt709.`;
  const values = 'CDL: slope 1.2 1 1, offset 0 0 0.003, power 1 1 1.08, saturation 1.1.';
  expect(lookWords(viewing, 0)).toBe(told);
  expect(lookWords(viewing, 1)).toBe(`${values} ${told}`);
  expect(lookWords({ look: { cdl: [cdl], becomes: 'bt709' } }, 7)).toBe(
    `${values} Tagged as bt709.`,
  );
});

it('says which text stands in the picture', () => {
  const viewing = { burn_in: [{ text: '{timecode}', at: 'bottom-left' }] };
  expect(lookWords(viewing, 0)).toBe('Text in the picture: {timecode}.');
});

it.each([undefined, null, 5, {}, { look: [] }, { look: { cdl: 7, lut: [] }, burn_in: 'x' }])(
  'says nothing of %j',
  (viewing) => {
    expect(lookWords(viewing, 0)).toBe('');
  },
);

it.each([
  ['h264 mp4 half', 'H.264 mp4, half size'],
  [
    'prores_proxy mov same look 3f9a01b2c3d4',
    'ProRes proxy mov, full size, with look or text (3f9a)',
  ],
  ['dnxhr mxf 1920x1080', 'DNxHR mxf 1920x1080'],
  ['h265 mp4 half', 'H.265 mp4, half size'],
  ['av1 mkv 640x360', 'AV1 mkv 640x360'],
  ['mjpeg', 'mjpeg'],
])('writes %s as people do', (kind, words) => {
  expect(kindWords(kind)).toBe(words);
});

it('every codec is written as people write it', () => {
  expect(OWN_CODECS.map(kindWords).filter((words) => /^[a-z]/u.test(words))).toEqual([]);
});
