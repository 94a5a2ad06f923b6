import { expect, it } from 'vitest';
import type { JobCdl } from '@app/jobspec';

import { codeLevels, LARGEST_CODE, ShowLut, type Look } from './look.ts';

import { curveAt, lookUp, UNIT, type Cube, type Curves, type Triple } from './lut.ts';
import { clipped, colourCodes, lookSteps, saturated, sopOf, type LookSteps } from './steps.ts';
import { tableBytes, tableName, tableText } from './table-file.ts';

const CDL: JobCdl = {
  slope: [1.27, 1.18, 1],
  offset: [-0.009, -0.002, 0.003],
  power: [1, 0.9, 1.08],
  saturation: 1.2,
};
const LIMITED = codeLevels(10, false);

function cube(size: number, at: (colour: Triple) => Triple, domain = UNIT): Cube {
  const values: number[] = [];
  const value = (step: number, channel: number) => {
    const [min, max] = [domain.min[channel] as number, domain.max[channel] as number];
    return min + (step / (size - 1)) * (max - min);
  };
  for (let b = 0; b < size; b++)
    for (let g = 0; g < size; g++)
      for (let r = 0; r < size; r++) values.push(...at([value(r, 0), value(g, 1), value(b, 2)]));
  return { size, domain, values: Float32Array.from(values) };
}

function colourAt(table: Cube, [red, green, blue]: Triple): Triple {
  const colour = Float64Array.of(red, green, blue);
  lookUp(table, colour);
  return [...colour] as unknown as Triple;
}

function lut(parts: { curves?: Curves; cube?: Cube }): ShowLut {
  return new ShowLut('0'.repeat(64), { curves: parts.curves ?? null, cube: parts.cube ?? null });
}

const mixing = ([r, g, b]: Triple): Triple => [
  0.6 * r + 0.4 * g,
  0.9 * g + 0.1 * b,
  0.2 * r + 0.7 * b,
];
const bending = (colour: Triple): Triple =>
  mixing(colour).map((value) => clipped(value) ** 0.6) as unknown as Triple;
const CURVES: Curves = {
  size: 3,
  domain: { min: [-0.5, -0.5, -0.5], max: [1.5, 1.5, 1.5] },
  values: Float32Array.from([0, 0, 0, 0.4, 0.5, 0.6, 1, 1, 1]),
};

function lookedAt(steps: LookSteps, colour: Triple): number[] {
  const codes = Uint16Array.from(colour);
  colourCodes(steps, codes);
  return [...codes];
}

/** The look by its definition, in fractions. */
function wanted({ cdl, lut, levels }: Look, codes: Triple): Triple {
  let colour = codes.map((code) =>
    levels === 'data' ? code / LIMITED.max : (code - 256) / 3504,
  ) as unknown as Triple;
  if (cdl !== null) {
    colour = colour.map((value, channel) => sopOf(cdl, channel)(value)) as unknown as Triple;
    colour = saturated(colour, cdl.saturation).map(clipped) as unknown as Triple;
  }
  if (lut?.lut.curves) {
    const { curves } = lut.lut;
    colour = colour.map((value, channel) => curveAt(curves, channel, value)) as unknown as Triple;
  }
  if (lut?.lut.cube) colour = colourAt(lut.lut.cube, colour);
  return colour.map((value) =>
    levels === 'data'
      ? Math.min(LARGEST_CODE, Math.max(0, value * LIMITED.max))
      : 256 + 3504 * clipped(value),
  ) as unknown as Triple;
}

const wide = { min: [-0.2, 0, 0.1], max: [1.2, 1, 0.9] } as const;

it.each<[string, Look]>([
  ['a CDL', { cdl: CDL, lut: null, levels: 'video' }],
  ['a CDL without saturation', { cdl: { ...CDL, saturation: 1 }, lut: null, levels: 'video' }],
  ['no colour', { cdl: { ...CDL, saturation: 0 }, lut: null, levels: 'video' }],
  ['much colour', { cdl: { ...CDL, saturation: 4 }, lut: null, levels: 'video' }],
  ['a cube', { cdl: null, lut: lut({ cube: cube(17, bending) }), levels: 'video' }],
  ['a cube for data', { cdl: null, lut: lut({ cube: cube(17, bending) }), levels: 'data' }],
  [
    'a cube with a domain',
    { cdl: null, lut: lut({ cube: cube(9, bending, wide) }), levels: 'video' },
  ],
  ['curves', { cdl: null, lut: lut({ curves: CURVES }), levels: 'video' }],
  [
    'curves and a cube',
    { cdl: null, lut: lut({ curves: CURVES, cube: cube(5, bending) }), levels: 'data' },
  ],
  [
    'all of them',
    { cdl: CDL, lut: lut({ curves: CURVES, cube: cube(33, bending) }), levels: 'video' },
  ],
])('works out %s within what rounding to 12 bits leaves', (_, look) => {
  const steps = lookSteps(look, LIMITED, LIMITED);
  let [worst, sum, count] = [0, 0, 0];
  for (let r = 0; r <= 4092; r += 341)
    for (let g = 0; g <= 4092; g += 341)
      for (let b = 0; b <= 4092; b += 341) {
        const found = lookedAt(steps, [r, g, b]);
        for (const [channel, exact] of wanted(look, [r, g, b]).entries()) {
          const off = Math.abs((found[channel] as number) - exact);
          [worst, sum, count] = [Math.max(worst, off), sum + off, count + 1];
        }
      }
  expect(sum / count).toBeLessThan(1.5);
  expect(worst).toBeLessThan(16);
});

it('leaves a picture as it is with a look that does nothing', () => {
  const nothing: JobCdl = { slope: [1, 1, 1], offset: [0, 0, 0], power: [1, 1, 1], saturation: 1 };
  const steps = lookSteps({ cdl: nothing, lut: null, levels: 'video' }, LIMITED, LIMITED);
  for (let code = 256; code <= 3760; code++)
    expect(lookedAt(steps, [code, code, code])).toEqual([code, code, code]);
});

it('lets super-whites through a slope that brings them back, and tells which codes are cut', () => {
  const darker: JobCdl = { slope: [0.5, 1, 1], offset: [0, 0, 0], power: [1, 1, 1], saturation: 1 };
  const steps = lookSteps({ cdl: darker, lut: null, levels: 'video' }, LIMITED, LIMITED);
  expect(lookedAt(steps, [4000, 4000, 256])).toEqual([2128, 3760, 256]);
  expect(steps.brightest).toEqual([LARGEST_CODE, 3760, 3760]);
});

it('looks a colour up as its tetrahedron has it', () => {
  const found = colourAt(cube(2, bending), [0.75, 0.5, 0.25]);
  const corner = (colour: Triple) => bending(colour);
  const [black, red, yellow, white] = [
    corner([0, 0, 0]),
    corner([1, 0, 0]),
    corner([1, 1, 0]),
    corner([1, 1, 1]),
  ];
  for (const channel of [0, 1, 2] as const)
    expect(found[channel]).toBeCloseTo(
      0.25 * black[channel] + 0.25 * red[channel] + 0.25 * yellow[channel] + 0.25 * white[channel],
      6,
    );
});

it('writes tables of one name for one content, with half a code for rounding', () => {
  const { steps } = lookSteps({ cdl: CDL, lut: null, levels: 'video' }, LIMITED, LIMITED);
  const [curves, saturation] = steps;
  if (curves?.kind !== 'curves' || saturation?.kind !== 'cube') throw new Error('other steps');
  expect(tableName(curves)).toMatch(/^[\da-f]{32}\.cube$/);
  expect(tableName(curves)).not.toBe(tableName(saturation));
  const rows = [...tableText(curves)].join('').trimEnd().split('\n');
  expect(rows).toHaveLength(4097);
  expect(rows[0]).toBe('LUT_1D_SIZE 4096');
  expect(rows.at(-1)).toBe('1.00012210 1.00012210 1.00012210');
  expect([...tableText(saturation)].join('').split('\n')[0]).toBe('LUT_3D_SIZE 2');
});

it.each([0, 1 / 3, -4e-4 / 3, -1e-30, -3.4e38])(
  'knows the most that a table of %d takes',
  (value) => {
    const values = new Float32Array(81).fill(value * 4095);
    const table = { kind: 'cube', cube: { size: 3, domain: UNIT, values } } as const;
    expect([...tableText(table)].join('').length).toBeLessThanOrEqual(tableBytes(table));
  },
);
