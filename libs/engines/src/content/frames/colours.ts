import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { placeOfFrame, rounded, type FramePlace } from '../measure/place.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { roughness, sampleForm } from './sample-form.ts';
import { insideOf, type Plane, type Planes } from './stacked-frames.ts';

/** Levels of 255 by which a mean may differ; `from_grey` is the distance of a colour from grey, √(U² + V²). */
const TOLERANCE = {
  y: T.lumaLevels,
  u: T.colourLevels,
  v: T.colourLevels,
  from_grey: T.colourLevels,
} as const;
type Mean = keyof typeof TOLERANCE;
const MEANS = Object.keys(TOLERANCE) as Mean[];

/**
 * Side of a tile, in samples of colour. Tiles are compared by their means, because a single sample says too much about noise: a
 * codec lowers it, so the samples that are reddest in the source would be less red in every good proxy.
 */
const TILE = 4;

/** Groups of tiles by their value in the source: all, the thirds of the luma range, the quadrants of hue. */
const PARTS = ['all', 'dark', 'middle', 'bright', 'green', 'red', 'blue', 'magenta'] as const;
/** Index of the first hue. Hues are compared without `from_grey`, which a codec lowers where there is noise. */
const HUES = PARTS.indexOf('green');
/**
 * Numbers of a part: sums of the differences of its means, sums of the means themselves, relative to grey, and its sample count,
 * with that number's index.
 */
const COUNT = 2 * MEANS.length;
const STEP = COUNT + 1;

/** Neutral level of U and V. */
const GREY = 128;
/** Luma levels in a third of the range. */
const THIRD = 256 / 3;
/** Distance from grey, in levels, from which on a tile has a hue. */
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

  /** @param towardsGrey levels by which the encoder itself may move means. */
  constructor(
    private readonly planes: Planes,
    private readonly towardsGrey: number,
  ) {}

  /** Adds the next frame of source and proxy, tile by tile. */
  add(frame: Uint8Array): void {
    const { left, right, top, bottom } = insideOf(this.planes.colour[0]);
    for (let y = top; y < bottom; y += TILE)
      for (let x = left; x < right; x += TILE)
        this.#addTile(frame, x, y, Math.min(x + TILE, right), Math.min(y + TILE, bottom));
    if (++this.#frames % T.colourFrames === 0) this.#turn(T.colourFrames);
  }

  #addTile(frame: Uint8Array, left: number, top: number, right: number, bottom: number) {
    const { luma, colour } = this.planes;
    const [u, v] = colour;
    const count = (right - left) * (bottom - top);
    const [y, lumaOff] = means(frame, luma, 2 * left, 2 * top, 2 * right, 2 * bottom);
    const [blue, blueOff] = means(frame, u, left, top, right, bottom);
    const [red, redOff] = means(frame, v, left, top, right, bottom);
    const fromGrey = Math.hypot(blue - GREY, red - GREY);
    const greyOff = Math.hypot(blue + blueOff - GREY, red + redOff - GREY) - fromGrey;
    const offs = [lumaOff, blueOff, redOff, greyOff];
    const values = [y - GREY, blue - GREY, red - GREY, fromGrey];
    const hue = HUES + (blue > GREY ? 2 : 0) + (red > GREY ? 1 : 0);
    const parts = [0, 1 + Math.floor(y / THIRD), ...(fromGrey >= COLOURED ? [hue] : [])];
    for (const part of parts)
      for (const [n, value] of [...offs, ...values, 1].entries())
        this.#run[part * STEP + n] = (this.#run[part * STEP + n] as number) + count * value;
  }

  finish(): ColourFacts {
    const left = this.#frames % T.colourFrames;
    if (left > 0) this.#turn(left);
    const all = this.#all;
    const means = MEANS.map((name, n) => [name, meanOf(all, n)]);
    const whole = farthest(all, this.towardsGrey);
    const run = this.#worst ?? { ...whole, frame: 0 };
    return { means: Object.fromEntries(means) as ColourFacts['means'], whole, run };
  }

  #turn(frames: number) {
    const run = farthest(this.#run, this.towardsGrey);
    if (this.#worst === null || run.share > this.#worst.share)
      this.#worst = { ...run, frame: this.#frames - frames };
    for (const [at, sum] of this.#run.entries()) this.#all[at] = (this.#all[at] as number) + sum;
    this.#run.fill(0);
  }
}

function farthest(sums: Float64Array, towardsGrey: number): Farthest {
  const enough = T.colourPartShare * (sums[COUNT] as number);
  const all = PARTS.flatMap((part, n) => {
    if ((sums[n * STEP + COUNT] as number) < enough) return [];
    return MEANS.slice(0, n < HUES ? MEANS.length : -1).map((mean, m) => {
      const levels = meanOf(sums, m, n);
      const isTowards = levels * meanOf(sums, MEANS.length + m, n) < 0;
      const off = Math.max(0, Math.abs(levels) - (isTowards ? towardsGrey : 0));
      return { part, mean, levels, share: off / TOLERANCE[mean] };
    });
  });
  return all.reduce((worst, one) => (one.share > worst.share ? one : worst));
}

/** Mean of the source in a part of a plane, and by how much the proxy's is higher. */
function means(
  frame: Uint8Array,
  { source, proxy, width }: Plane,
  left: number,
  top: number,
  right: number,
  bottom: number,
): [value: number, off: number] {
  let [value, off] = [0, 0];
  for (let y = top; y < bottom; y++)
    for (let at = y * width + left; at < y * width + right; at++) {
      const wanted = frame[source + at] as number;
      value += wanted;
      off += (frame[proxy + at] as number) - wanted;
    }
  const count = (right - left) * (bottom - top);
  return [value / count, off / count];
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
