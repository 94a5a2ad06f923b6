import type { JobCdl } from '@app/jobspec';
import { LARGEST_CODE, type CodeLevels, type Look } from './look.ts';
import { CHANNELS, curveAt, lookUp, UNIT, type Cube, type Lut, type Triple } from './lut.ts';

const CODES = LARGEST_CODE + 1;

/** 12-bit output codes for each input code: red, green and blue for the first input code, then for the next. */
export interface CurvesStep {
  kind: 'curves';
  codes: Uint16Array;
}

/**
 * A 3D table with tetrahedral interpolation, over the codes from 0 to the largest; its values are fractional codes and may exceed
 * the range.
 */
export interface CubeStep {
  kind: 'cube';
  cube: Cube;
}

/** Final clip to a range of codes. */
export interface LimitStep {
  kind: 'limit';
  low: number;
  high: number;
}

export type LookStep = CurvesStep | CubeStep | LimitStep;

/** A look as operations on 12-bit codes. */
export interface LookSteps {
  steps: readonly LookStep[];
  /** Highest code of each channel that isn't clipped; codes above are brighter than white and beyond the look's range. */
  brightest: Triple;
}

/** Value of the last step for a code, before it is rounded to 12 bits. */
type Pending = (code: number, channel: number) => number;

/**
 * Steps that compute a look. Per-channel operations become one exact table, so slope, offset, power and curves of a LUT cost no
 * accuracy. Saturation mixes channels linearly, so a cube of two entries per side is exact.
 *
 * @param from levels of the input, `to` of the output.
 */
export function lookSteps({ cdl, lut, levels }: Look, from: CodeLevels, to: CodeLevels): LookSteps {
  const { decode, encode, limit } = SCALES[levels](from, to);
  const graded = cdl === null ? { steps: [], pending: decode } : cdlSteps(cdl, decode);
  const table = lut?.lut ?? { curves: null, cube: null };
  const steps = [...graded.steps, ...lutSteps(table, graded.pending, encode), ...limit];
  return { steps, brightest: brightestOf(decode, cdl, table) };
}

/** Conversion between codes and values of the look, and the clip at its end. */
interface Scale {
  decode: Pending;
  encode: (value: number) => number;
  limit: readonly LimitStep[];
}

const SCALES: Record<Look['levels'], (from: CodeLevels, to: CodeLevels) => Scale> = {
  data: (from, to) => ({
    decode: (code) => code / from.max,
    encode: (value) => value * to.max,
    // Every table ends at the largest code anyway.
    limit: [],
  }),
  video: (from, to) => ({
    decode: (code) => (code - from.black) / (from.white - from.black),
    encode: (value) => to.black + value * (to.white - to.black),
    limit: [{ kind: 'limit', low: to.black, high: to.white }],
  }),
};

interface PartialSteps {
  steps: LookStep[];
  pending: Pending;
}

/** Luma weights of Rec. 709, which the ASC CDL uses for all footage. */
const LUMA: Triple = [0.2126, 0.7152, 0.0722];

/** Slope, offset, clip, power of one channel. */
export function sopOf(
  { slope, offset, power }: JobCdl,
  channel: number,
): (value: number) => number {
  const [times, plus, exponent] = [slope[channel], offset[channel], power[channel]] as Triple;
  return (value) => clipped(value * times + plus) ** exponent;
}

/** Scales the distance of red, green and blue from luma, without clipping. */
export function saturated([red, green, blue]: Triple, saturation: number): Triple {
  const luma = red * LUMA[0] + green * LUMA[1] + blue * LUMA[2];
  const away = (value: number) => luma + saturation * (value - luma);
  return [away(red), away(green), away(blue)];
}

export function clipped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function cdlSteps(cdl: JobCdl, decode: Pending): PartialSteps {
  const channels = CHANNELS.map((channel) => sopOf(cdl, channel));
  const pending: Pending = (code, channel) =>
    (channels[channel] as (value: number) => number)(decode(code, channel));
  if (cdl.saturation === 1) return { steps: [], pending };
  return {
    steps: [curvesStep(pending, fullCode), { kind: 'cube', cube: saturation(cdl.saturation) }],
    pending: (code) => code / LARGEST_CODE,
  };
}

function lutSteps(
  { curves, cube }: Lut,
  before: Pending,
  encode: (value: number) => number,
): LookStep[] {
  const curved: Pending =
    curves === null ? before : (code, channel) => curveAt(curves, channel, before(code, channel));
  if (cube === null) return [curvesStep(curved, encode)];
  const { min, max } = cube.domain;
  const placed: Pending = (code, channel) => {
    const [low, high] = [min[channel] as number, max[channel] as number];
    return (curved(code, channel) - low) / (high - low);
  };
  // Millions of values: map() takes four times as long.
  const values = new Float32Array(cube.values.length);
  for (let at = 0; at < values.length; at++) values[at] = encode(cube.values[at] as number);
  return [
    curvesStep(placed, fullCode),
    { kind: 'cube', cube: { size: cube.size, domain: UNIT, values } },
  ];
}

function fullCode(value: number): number {
  return value * LARGEST_CODE;
}

function curvesStep(pending: Pending, encode: (value: number) => number): CurvesStep {
  const codes = new Uint16Array(3 * CODES);
  for (let code = 0; code < CODES; code++)
    for (const channel of CHANNELS)
      codes[3 * code + channel] = wholeCode(encode(pending(code, channel)));
  return { kind: 'curves', codes };
}

function saturation(amount: number): Cube {
  const values: number[] = [];
  for (const blue of [0, 1])
    for (const green of [0, 1])
      for (const red of [0, 1]) values.push(...saturated([red, green, blue], amount).map(fullCode));
  return { size: 2, domain: UNIT, values: Float32Array.from(values) };
}

function brightestOf(decode: Pending, cdl: JobCdl | null, { curves, cube }: Lut): Triple {
  const most = (curves ?? cube)?.domain.max ?? UNIT.max;
  const isCut = (code: number, channel: 0 | 1 | 2) => {
    const value = decode(code, channel);
    // Values up to white never count as cut, however much a grade brightens them.
    if (value <= 1) return false;
    if (cdl === null) return value > most[channel];
    return value * cdl.slope[channel] + cdl.offset[channel] > 1;
  };
  return CHANNELS.map((channel) => {
    let code = LARGEST_CODE;
    while (code > 0 && isCut(code, channel)) code--;
    return code;
  }) as unknown as Triple;
}

/** Applies the steps to a colour as FFmpeg does with their tables: codes of red, green and blue, in place. */
export function colourCodes({ steps }: Pick<LookSteps, 'steps'>, codes: Uint16Array): void {
  for (const step of steps) applyStep(step, codes);
}

/**
 * Colours that FFmpeg's rounding may make of a colour. After each cube, the only step that FFmpeg doesn't compute exactly, each
 * channel is a code less, the same or a code more, and then takes the rest of the steps.
 */
export function* nearColours(
  { steps }: LookSteps,
  codes: Readonly<Uint16Array>,
): Generator<Uint16Array> {
  const reached = Uint16Array.from(codes);
  for (const [at, step] of steps.entries()) {
    applyStep(step, reached);
    if (step.kind !== 'cube') continue;
    for (const red of NEIGHBOURS)
      for (const green of NEIGHBOURS)
        for (const blue of NEIGHBOURS) {
          const near = Uint16Array.from([red, green, blue], (more, channel) =>
            wholeCode((reached[channel] as number) + more),
          );
          colourCodes({ steps: steps.slice(at + 1) }, near);
          yield near;
        }
  }
}

const NEIGHBOURS = [-1, 0, 1];

function applyStep(step: LookStep, codes: Uint16Array): void {
  if (step.kind === 'cube') {
    lookUpCodes(step.cube, codes);
    return;
  }
  for (const channel of CHANNELS) {
    const code = codes[channel] as number;
    codes[channel] =
      step.kind === 'curves'
        ? (step.codes[3 * code + channel] as number)
        : Math.min(step.high, Math.max(step.low, code));
  }
}

const colour = new Float64Array(3);

function lookUpCodes(cube: Cube, codes: Uint16Array): void {
  for (const channel of CHANNELS) colour[channel] = (codes[channel] as number) / LARGEST_CODE;
  lookUp(cube, colour);
  for (const channel of CHANNELS) codes[channel] = wholeCode(colour[channel] as number);
}

function wholeCode(code: number): number {
  return Math.min(LARGEST_CODE, Math.max(0, Math.round(code)));
}
