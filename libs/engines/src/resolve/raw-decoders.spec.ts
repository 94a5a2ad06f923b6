import { expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import type { MediaInfo } from '../media/index.ts';
import { RAW_FORMATS } from '../routing/source-formats.ts';
import { decoderAdvice } from './raw-decoders.ts';

const tagged = (codecTag: string) => media([video({ codecName: null, codecTag })]);

const advice = (path: string, source: MediaInfo | null, version: string | null, essence = '') =>
  decoderAdvice({ path, media: source, essence: [essence] }, version);

it.each([
  ['a.mov', tagged('aprn'), '19.1.3', 'ProRes RAW needs Resolve 20.2; this is 19.1.3.'],
  ['a.mov', tagged('aprn'), '21.1', 'Resolve should decode ProRes RAW; this is 21.1: check'],
  ['a.MXF', tagged(''), '20.3', 'decodes other camera RAW in MXF is not known: try the newest'],
  ['a.arx', null, '19.1.3', 'decodes ARRIRAW HDE is not known: try the newest; this is 19.1.3.'],
  ['a.nev', null, '19.1.3', 'decodes N-RAW is not known: try the newest; this is 19.1.3.'],
  ['a.mov', tagged('NRAW'), '19.1.3', 'decodes N-RAW is not known'],
  ['a.R3D', tagged('NR3D'), '19.1.3', 'decodes R3D NE (Nikon ZR) is not known'],
  ['a.R3D', null, '19.1.3', 'Resolve should decode REDCODE RAW; this is 19.1.3'],
  ['a.mov', tagged('what'), '19.1.3', 'may not decode its codec; this is 19.1.3.'],
  ['a.mov', tagged('aprh'), null, 'ProRes RAW needs Resolve 20.2.'],
])('a Resolve that can not read %s may lack what is said', (path, source, version, words) => {
  expect(advice(path, source, version)).toContain(words);
});

it.each([
  ['0e06040102060601', 'Sony X-OCN'],
  ['0e06040102060501', 'Sony X-OCN'],
  ['0e06040102040201', 'Sony RAW (F55, F65)'],
  ['0401020102010101', 'ARRIRAW'],
  ['0401020102010202', 'ARRIRAW'],
  ['0f01020201010100', 'ARRIRAW'],
])('in MXF the label %s is %s, for which no other version is needed', (label, format) => {
  for (const version of ['18.6', '21.0.4.5'])
    expect(advice('A001C001.mxf', tagged(''), version, label)).toContain(
      `Resolve should decode ${format}; this is ${version}`,
    );
});

it('in MXF the key of ARRICORE names the version that it needs', () => {
  const of = (version: string) => advice('a.mxf', tagged(''), version, '0d01030115012001');
  expect(of('20.3')).toBe('ARRICORE needs Resolve 20.3.1; this is 20.3.');
  expect(of('20.3.1')).toContain('Resolve should decode ARRICORE; this is 20.3.1');
});

const RECOGNISED = RAW_FORMATS.flatMap(({ title, extensions, codecTags = [''] }) =>
  extensions.flatMap((extension) => codecTags.map((tag) => [title, extension, tag] as const)),
);

it.each(RECOGNISED)('of %s in %s (%j) it is known what decodes it', (_, extension, tag) => {
  expect(advice(`a${extension}`, tagged(tag), '19.1.3')).not.toContain('its codec');
});
