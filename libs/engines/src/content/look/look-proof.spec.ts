import { expect, it } from 'vitest';
import type { JobCdl } from '@app/jobspec';
import { codeLevels, ShowLut, type Look } from '../../look/look.ts';
import { UNIT } from '../../look/lut.ts';
import { colourCodes, lookSteps, type LookSteps } from '../../look/steps.ts';
import { LookProof } from './look-proof.ts';

type Colour = [number, number, number];

const LEVELS = codeLevels(10, false);
const saturated = (saturation: number): JobCdl => ({
  slope: [1, 1, 1],
  offset: [0, 0, 0],
  power: [1, 1, 1],
  saturation,
});

/** A LUT that rises from black to white between two of its entries: 32 codes for one. */
function steep(size = 33): ShowLut {
  const values: number[] = [];
  const rise = (step: number) => (step > size / 2 ? 1 : 0);
  for (let b = 0; b < size; b++)
    for (let g = 0; g < size; g++)
      for (let r = 0; r < size; r++) values.push(rise(r), rise(g), rise(b));
  const cube = { size, domain: UNIT, values: Float32Array.from(values) };
  return new ShowLut('0'.repeat(64), { curves: null, cube });
}

const LOOK: Look = { cdl: saturated(1.1), lut: steep(), levels: 'video' };
const STEPS = lookSteps(LOOK, LEVELS, LEVELS);
const PIXEL: Colour = [2050, 2040, 2060];

/** The proof of one pixel: as it is decoded, as R'G'B' and after the look. */
function levelsOff(looked: ArrayLike<number>, codes: Colour = PIXEL, decoded = codes): number {
  const proof = new LookProof(STEPS, (green, blue, red) => Float64Array.of(red, green, blue), {
    width: 1,
    height: 1,
  });
  const planes = [1, 2, 0].flatMap((plane) =>
    [decoded, codes, looked].map((colour) => colour[plane] ?? 0),
  );
  proof.take(new Uint8Array(Uint16Array.from(planes).buffer));
  const { actual, passed } = proof.check();
  expect(passed).toBe((actual as number) <= 0.5);
  return actual as number;
}

/** The steps up to saturation, a rounding that is so many codes off, and the rest. */
function roundedOff(codes: number, steps: LookSteps = STEPS): Uint16Array {
  const colour = Uint16Array.from(PIXEL);
  colourCodes({ steps: steps.steps.slice(0, 2) }, colour);
  colour[0] = (colour[0] as number) + codes;
  colourCodes({ steps: steps.steps.slice(2) }, colour);
  return colour;
}

it('finds what a look makes right', () => {
  expect(levelsOff(roundedOff(0))).toBe(0);
});

it.each([1, -1])('takes %i code before a steep part of the look for no difference', (codes) => {
  const [exact, off] = [roundedOff(0), roundedOff(codes)];
  expect(Math.abs((exact[0] as number) - (off[0] as number))).toBeGreaterThan(16);
  expect(levelsOff(off)).toBe(0);
});

it('finds two codes there, which rounding can’t make', () => {
  expect(levelsOff(roundedOff(2))).toBeGreaterThan(1);
});

it.each<[string, Look]>([
  ['without its CDL', { ...LOOK, cdl: null }],
  ['without its LUT', { ...LOOK, lut: null }],
  ['of other levels', { ...LOOK, levels: 'data' }],
  ['of slightly more colour', { ...LOOK, cdl: saturated(1.2) }],
])('finds a look %s', (_, other) => {
  const colour = Uint16Array.from(PIXEL);
  colourCodes(lookSteps(other, LEVELS, LEVELS), colour);
  expect(levelsOff(colour)).toBeGreaterThan(1);
});

it('finds codes that aren’t those of the source', () => {
  const codes: Colour = [3760, 3760, 3760];
  const looked = Uint16Array.from(codes);
  colourCodes(STEPS, looked);
  expect(levelsOff(looked, codes, [3761, 3760, 3760])).toBe(0.06);
  expect(levelsOff(looked, codes, [4068, 4068, 4068])).toBe(19.25);
});
