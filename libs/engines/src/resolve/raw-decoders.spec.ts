import { expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { RAW_FORMATS } from '../routing/source-formats.ts';
import { decoderAdvice } from './raw-decoders.ts';

const tagged = (codecTag: string) => media([video({ codecName: null, codecTag })]);

it.each([
  ['a.mov', tagged('aprn'), 'ProRes RAW needs Resolve 20.2; this is 19.1.3.'],
  ['a.arx', null, 'ARRICORE, if it is that, needs Resolve 20.3.1; this is 19.1.3.'],
  ['a.MXF', tagged(''), 'ARRICORE, if it is that, needs Resolve 20.3.1; this is 19.1.3.'],
  ['a.nev', null, 'decodes N-RAW is not known: try the newest; this is 19.1.3.'],
  ['a.mov', tagged('NRAW'), 'decodes N-RAW is not known'],
  ['a.R3D', tagged('NR3D'), 'decodes R3D NE (Nikon ZR) is not known'],
  ['a.R3D', null, 'Resolve should decode REDCODE RAW; this is 19.1.3.'],
  ['a.mov', tagged('what'), 'may not decode its codec; this is 19.1.3.'],
])('a Resolve that can not read %s may lack what is said', (path, source, words) => {
  expect(decoderAdvice(path, source, '19.1.3')).toContain(words);
});

it('the version is left out while it is not known', () => {
  expect(decoderAdvice('a.mov', tagged('aprh'), null)).toBe('ProRes RAW needs Resolve 20.2.');
});

const RECOGNISED = RAW_FORMATS.flatMap(({ title, extensions, codecTags = [''] }) =>
  extensions.flatMap((extension) => codecTags.map((tag) => [title, extension, tag] as const)),
);

it.each(RECOGNISED)('of %s in %s (%j) it is known what decodes it', (_, extension, tag) => {
  expect(decoderAdvice(`a${extension}`, tagged(tag), '19.1.3')).not.toContain('its codec');
});
