import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOfFrame, rounded, type FramePlace } from '../measure/place.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { roughness, sampleForm } from './sample-form.ts';
import { insideOf, type Planes } from './stacked-frames.ts';

/** Levels of 255 by which a mean may differ; `from_grey` is the distance of a colour from grey, √(U² + V²). */
const TOLERANCE = {
  y: T.lumaLevels,
  u: T.colourLevels,
  v: T.colourLevels,
  from_grey: T.colourLevels,
} as const;
type Mean = keyof typeof TOLERANCE;
const MEANS = Object.keys(TOLERANCE) as Mean[];

/** Groups of samples by their value in the source: all, the thirds of the luma range, the quadrants of hue. */
const PARTS = ['all', 'dark', 'middle', 'bright', 'green', 'red', 'blue', 'magenta'] as const;
/** Index of the first hue. Hues are compared without `from_grey`, which a codec lowers where there is noise. */
const HUES = PARTS.indexOf('green');
/** Index of a part's sample count, which follows the sums of its means, and the count of numbers per part. */
const COUNT = MEANS.length;
const STEP = COUNT + 1;

/** Neutral level of U and V. */
const GREY = 128;
/** Luma levels in a third of the range. */
const THIRD = 256 / 3;
/** Distance from grey, in levels, from which on a sample has a hue. */
const COLOURED = 16;

/** Mean that is farthest off. */
interface Farthest {
  part: (typeof PARTS)[number];
  mean: Mean;
  levels: number;
  /** Difference relative to what is allowed in a proxy of usual size. */
  share: number;
}

/** Differences of a proxy's colours from those of its source. */
export interface ColourFacts {
  /** Over all samples of the clip. */
  means: Record<Mean, number>;
  /** Worst part of the whole clip. */
  whole: Farthest;
  /** Worst part of the run of frames that is farthest off, which begins with `frame`. */
  run: Farthest & { frame: number };
}

/** Facts for an explanation of colours that are off. */
export type ColoursOff = Omit<Farthest, 'share'> & (FramePlace | { frame?: never });

/** Accumulates the colour differences of a proxy, over the whole clip and run by run. */
export class ColourFollower {
  readonly #all = new Float64Array(PARTS.length * STEP);
  readonly #run = new Float64Array(PARTS.length * STEP);
  #frames = 0;
  #worst: ColourFacts['run'] | null = null;

  constructor(private readonly planes: Planes) {}

  /** Adds the next frame of source and proxy. Samples are those of colour, each with the mean of its four luma samples. */
  add(frame: Uint8Array): void {
    const { luma, colour } = this.planes;
    const [u, v] = colour;
    const { left, right, top, bottom } = insideOf(u);
    const at = (place: number) => frame[place] as number;
    const lumaAt = (place: number) =>
      (at(place) + at(place + 1) + at(place + luma.width) + at(place + luma.width + 1)) / 4;
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const [first, here] = [2 * (y * luma.width + x), y * u.width + x];
        const source = lumaAt(luma.source + first);
        const [blue, red] = [at(u.source + here) - GREY, at(v.source + here) - GREY];
        const [dU, dV] = [at(u.proxy + here) - GREY - blue, at(v.proxy + here) - GREY - red];
        const dY = lumaAt(luma.proxy + first) - source;
        const fromGrey = Math.sqrt(blue ** 2 + red ** 2);
        const dGrey = Math.sqrt((blue + dU) ** 2 + (red + dV) ** 2) - fromGrey;
        this.#count(0, dY, dU, dV, dGrey);
        this.#count(1 + Math.floor(source / THIRD), dY, dU, dV, dGrey);
        if (fromGrey >= COLOURED)
          this.#count(HUES + (blue > 0 ? 2 : 0) + (red > 0 ? 1 : 0), dY, dU, dV, dGrey);
      }
    if (++this.#frames % T.colourFrames === 0) this.#turn(T.colourFrames);
  }

  finish(): ColourFacts {
    const left = this.#frames % T.colourFrames;
    if (left > 0) this.#turn(left);
    const all = this.#all;
    const means = MEANS.map((name, n) => [name, meanOf(all, n)]);
    const whole = farthest(all);
    const run = this.#worst ?? { ...whole, frame: 0 };
    return { means: Object.fromEntries(means) as ColourFacts['means'], whole, run };
  }

  /** Unrolled, because it runs for every sample. */
  #count(part: number, dY: number, dU: number, dV: number, dGrey: number) {
    const run = this.#run;
    const at = part * STEP;
    run[at] = (run[at] as number) + dY;
    run[at + 1] = (run[at + 1] as number) + dU;
    run[at + 2] = (run[at + 2] as number) + dV;
    run[at + 3] = (run[at + 3] as number) + dGrey;
    run[at + COUNT] = (run[at + COUNT] as number) + 1;
  }

  #turn(frames: number) {
    const run = farthest(this.#run);
    if (this.#worst === null || run.share > this.#worst.share)
      this.#worst = { ...run, frame: this.#frames - frames };
    for (const [at, sum] of this.#run.entries()) this.#all[at] = (this.#all[at] as number) + sum;
    this.#run.fill(0);
  }
}

function farthest(sums: Float64Array): Farthest {
  const enough = T.colourPartShare * (sums[COUNT] as number);
  const all = PARTS.flatMap((part, n) => {
    if ((sums[n * STEP + COUNT] as number) < enough) return [];
    return MEANS.slice(0, n < HUES ? COUNT : -1).map((mean, m) => {
      const levels = meanOf(sums, m, n);
      return { part, mean, levels, share: Math.abs(levels) / TOLERANCE[mean] };
    });
  });
  return all.reduce((worst, one) => (one.share > worst.share ? one : worst));
}

function meanOf(sums: Float64Array, mean: number, part = 0): number {
  const samples = sums[part * STEP + COUNT] as number;
  return samples === 0 ? 0 : rounded((sums[part * STEP + mean] as number) / samples);
}

/** Check of a proxy's colours, over the whole clip and over each run of its frames. */
export function colourCheck(
  { video, timecode }: Pick<ProxyPlan, 'video' | 'timecode'>,
  { means, whole, run }: ColourFacts,
): VerificationCheck<ContentCheck> {
  const rough = roughness(sampleForm(video));
  const isWhole = whole.share > Math.max(rough, T.colourThroughout * run.share);
  const { part, mean, levels } = isWhole ? whole : run;
  const place = isWhole ? {} : placeOfFrame(run.frame, timecode, video.timing);
  const worst: ColoursOff = { part, mean, levels, ...place };
  const allowed = MEANS.map((name) => [name, rounded(rough * TOLERANCE[name])]);
  const tolerance = Object.fromEntries(allowed) as Record<Mean, number>;
  const passed = !isWhole && run.share <= rough;
  const actual = { ...means, worst };
  return { check: 'colours_off_levels', expected: 0, actual, tolerance, passed };
}

/** Describes the mean that is farthest off, with its part of the picture. */
export function colourWords({ part, mean, levels }: ColoursOff): string {
  const by = `by ${Math.abs(levels)} levels of 255${part === 'all' ? '' : ` in its ${part} parts`}`;
  if (mean === 'y') return `it is ${levels > 0 ? 'brighter' : 'darker'} ${by}`;
  if (mean === 'from_grey') return `they are ${levels > 0 ? 'stronger' : 'paler'} ${by}`;
  return `${mean.toUpperCase()} is ${levels > 0 ? 'higher' : 'lower'} ${by}`;
}
