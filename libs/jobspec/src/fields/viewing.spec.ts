import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { jobSpecSchema } from '../contract/jobspec-schema.ts';
import { parseJobSpec } from '../contract/parse-job-spec.ts';
import { bytesOf, jobSpec, unknownField, violationsOf } from '../testing/specimens.ts';

const CDL = { slope: [1.2, 1, 1], offset: [0, -0.01, 0], power: [1, 1, 1], saturation: 1.1 };
const LUT = { path: '/show/a.cube', sha256: 'a'.repeat(64) };
const withLook = (look: unknown) => jobSpec({ jobspec_version: '2.2', viewing: { look } });
const isAllowed = new Ajv2020({ strict: false, validateFormats: false }).compile(jobSpecSchema());

describe('a look', () => {
  it.each([
    { cdl: [CDL], becomes: 'bt709' },
    { cdl: [CDL] },
    { cdl: [CDL, null], becomes: 'bt2020-pq' },
    { lut: LUT, lut_range: 'data', becomes: 'bt709' },
    { cdl: [null, CDL], lut: LUT, lut_range: 'video', becomes: 'bt2020-hlg' },
  ])('is read as it is written: %j', (look) => {
    expect(parseJobSpec(bytesOf(withLook(look))).viewing).toEqual({ look });
    expect(isAllowed(withLook(look))).toBe(true);
  });

  it.each<[unknown, string]>([
    [null, 'viewing.look'],
    [[], 'viewing.look'],
    [{ becomes: 'bt709' }, 'viewing.look'],
    [{ lut: LUT, lut_range: 'data' }, 'viewing.look.becomes'],
    [{ cdl: [CDL], becomes: 'rec709' }, 'viewing.look.becomes'],
    [{ cdl: [CDL], becomes: 'bt709', ocio: 1 }, 'viewing.look.ocio'],
    [{ cdl: CDL, becomes: 'bt709' }, 'viewing.look.cdl'],
    [{ cdl: [null], becomes: 'bt709' }, 'viewing.look.cdl'],
    [{ cdl: [{ ...CDL, slope: [1, 1] }], becomes: 'bt709' }, 'viewing.look.cdl[0].slope'],
    [{ cdl: [{ ...CDL, slope: [1, 1, 1, 1, 1] }], becomes: 'bt709' }, 'viewing.look.cdl[0].slope'],
    [{ cdl: [{ ...CDL, power: [1, 0, 1] }], becomes: 'bt709' }, 'viewing.look.cdl[0].power[1]'],
    [{ cdl: [{ ...CDL, offset: ['0', 0, 0] }], becomes: 'bt709' }, 'viewing.look.cdl[0].offset[0]'],
    [{ cdl: [{ ...CDL, saturation: -1 }], becomes: 'bt709' }, 'viewing.look.cdl[0].saturation'],
    [
      { cdl: [{ ...CDL, saturation: undefined }], becomes: 'bt709' },
      'viewing.look.cdl[0].saturation',
    ],
    [{ cdl: [{ ...CDL, gain: 1 }], becomes: 'bt709' }, 'viewing.look.cdl[0].gain'],
    [{ lut: LUT, becomes: 'bt709' }, 'viewing.look.lut_range'],
    [{ cdl: [CDL], lut_range: 'video', becomes: 'bt709' }, 'viewing.look.lut_range'],
    [{ lut: LUT, lut_range: 'full', becomes: 'bt709' }, 'viewing.look.lut_range'],
    [
      { lut: { ...LUT, path: 'a.cube' }, lut_range: 'data', becomes: 'bt709' },
      'viewing.look.lut.path',
    ],
    [
      { lut: { ...LUT, sha256: 'A'.repeat(64) }, lut_range: 'data', becomes: 'bt709' },
      'viewing.look.lut.sha256',
    ],
    [{ lut: LUT.path, lut_range: 'data', becomes: 'bt709' }, 'viewing.look.lut'],
  ])('is refused in one violation: %j', (look, path) => {
    expect(violationsOf(withLook(look)).map(([at]) => at)).toEqual([path]);
    expect(isAllowed(JSON.parse(JSON.stringify(withLook(look))))).toBe(false);
  });

  it('has as many CDLs as there are sources, or one', () => {
    const three = withLook({ cdl: [CDL, CDL, null], becomes: 'bt709' });
    expect(violationsOf(three)).toEqual([
      [
        'viewing.look.cdl',
        'viewing.look.cdl has 3 entries for 2 sources; give one for all, or one or null for each',
      ],
    ]);
  });

  it('is unknown to 2.1, whatever it holds', () => {
    for (const viewing of [{ look: { cdl: [CDL], becomes: 'bt709' } }, null, 1])
      expect(violationsOf(jobSpec({ viewing }))).toEqual([['viewing', unknownField('viewing')]]);
  });
});

describe('burnt-in text', () => {
  const withText = (burn_in: unknown, fields: object = {}) =>
    jobSpec({ jobspec_version: '2.2', viewing: { burn_in }, ...fields });
  const TEXT = { text: '{timecode}', at: 'bottom-left' };

  it.each([
    [[TEXT]],
    [[TEXT, { text: '{reel} {source_name} – {job_id}, {date} {frame}', at: 'top-centre' }]],
    [[{ text: 'x'.repeat(64), at: 'top-right' }]],
  ])('is read as it is written: %j', (burn_in) => {
    expect(parseJobSpec(bytesOf(withText(burn_in))).viewing).toEqual({ burn_in });
    expect(isAllowed(withText(burn_in))).toBe(true);
  });

  it.each<[unknown, string]>([
    [null, 'viewing.burn_in'],
    [[], 'viewing.burn_in'],
    [TEXT, 'viewing.burn_in'],
    [Array.from({ length: 7 }, () => TEXT), 'viewing.burn_in'],
    [[null], 'viewing.burn_in[0]'],
    [[{ text: 'a' }], 'viewing.burn_in[0].at'],
    [[{ at: 'top-left' }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, at: 'centre' }], 'viewing.burn_in[0].at'],
    [[{ ...TEXT, text: '' }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, text: 7 }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, text: 'x'.repeat(65) }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, text: '{time}' }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, text: '{timecode' }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, text: '\ud800' }], 'viewing.burn_in[0].text'],
    [[{ ...TEXT, size: 12 }], 'viewing.burn_in[0].size'],
  ])('is refused in one violation: %j', (burn_in, path) => {
    expect(violationsOf(withText(burn_in)).map(([at]) => at)).toEqual([path]);
    expect(isAllowed(JSON.parse(JSON.stringify(withText(burn_in))))).toBe(false);
  });

  it('has one place, which only the parser knows', () => {
    const twice = withText([TEXT, { text: 'a', at: 'top-left' }, { ...TEXT, text: 'b' }]);
    expect(violationsOf(twice).map(([at]) => at)).toEqual(['viewing.burn_in[2].at']);
    expect(isAllowed(twice)).toBe(true);
  });

  it('needs created_at for a date, which only the parser knows', () => {
    const dated = withText([{ ...TEXT, text: '{date}' }], { created_at: undefined });
    expect(violationsOf(dated)).toEqual([
      ['created_at', 'created_at is missing, but viewing.burn_in uses {date}'],
    ]);
    expect(isAllowed(JSON.parse(JSON.stringify(dated)))).toBe(true);
  });

  it('or a look must be there', () => {
    const empty = jobSpec({ jobspec_version: '2.2', viewing: {} });
    expect(violationsOf(empty)).toEqual([
      ['viewing', 'viewing must have look or burn_in, or both'],
    ]);
    expect(isAllowed(empty)).toBe(false);
  });
});
