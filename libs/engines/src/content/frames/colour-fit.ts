import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { FrameSize } from '../../proxy/plan/proxy-plan.ts';
import { Contrast } from './contrast.ts';
import { linearFit, meanOf } from './linear-fit.ts';
import { withoutEdges, type Plane, type Planes } from './stacked-frames.ts';

/** The level that stands for no colour. */
const GREY = 128;

/**
 * How a clip's colours differ as a whole, in levels of 255: what a wrong matrix or range does follows from the colours of
 * the source by a straight line, and what a codec does doesn't.
 */
export interface ColourShift {
  /** How colourful the source is: the mean distance from grey. */
  saturation: number;
  /** What of the difference follows from the source's colours, for the planes of colour and for luma. */
  colour: number;
  luma: number;
  /** What of the difference doesn't follow from them: what a codec takes away of noise that stands still. */
  noise: number;
  lumaNoise: number;
  /** By which the proxy is brighter or darker. */
  brightness: number;
  /** By which its contrast is another one; 0 where that explains no more than half of the difference. */
  contrast: number;
}

/** Gathers the mean picture of a clip and of its proxy: noise and motion average out. */
export class ColourMeans {
  #count = 0;
  readonly #half: FrameSize;
  readonly #contrast: Contrast;
  readonly #sums: { plane: Plane; source: Float64Array; proxy: Float64Array }[];

  constructor({ luma, colour }: Planes) {
    this.#half = colour[0];
    this.#contrast = new Contrast(luma);
    this.#sums = [luma, ...colour].map((plane) => {
      const samples = plane.width * plane.height;
      return { plane, source: new Float64Array(samples), proxy: new Float64Array(samples) };
    });
  }

  add(frame: Uint8Array): void {
    this.#count++;
    this.#contrast.add(frame);
    for (const { plane, source, proxy } of this.#sums) {
      for (let at = 0; at < source.length; at++) {
        source[at] = (source[at] as number) + (frame[plane.source + at] as number);
        proxy[at] = (proxy[at] as number) + (frame[plane.proxy + at] as number);
      }
    }
  }

  shift(): ColourShift {
    const [luma, u, v] = this.#sums.map(({ plane, source, proxy }, index) => {
      const [wanted, found] = [source, proxy].map((sum) => sum.map((value) => value / this.#count));
      const inner = (mean: Float64Array) =>
        withoutEdges(index === 0 ? halved(mean, plane) : mean, this.#half);
      return { source: inner(wanted as Float64Array), proxy: inner(found as Float64Array) };
    }) as [Mean, Mean, Mean];
    const regressors = [u.source, v.source];
    const fits = [u, v].map((plane) => linearFit(difference(plane), regressors));
    const light = linearFit(difference(luma), [...regressors, luma.source]);
    return {
      saturation: meanOf(u.source.map((value, at) => fromGrey(value) + fromGrey(v.source[at]))),
      colour: Math.max(...fits.map(({ part }) => part)),
      luma: light.part,
      noise: Math.max(...fits.map(({ rest }) => rest)),
      lumaNoise: light.rest,
      brightness: meanOf(difference(luma)),
      contrast: this.#contrast.levels(),
    };
  }
}

/** How far colours are off, as a share of what is allowed for them. */
export function colourShare({ colour, saturation, noise }: ColourShift): number {
  return colour / (T.colourLevels + T.colourShare * saturation + T.colourNoise * noise);
}

/** Frames that are looked at together: colours that turn on the way are right in the mean. */
const RUN = 16;

/** Follows the colours of a clip run by run, and keeps the one that is farthest off. */
export class ColourDrift {
  #run: ColourMeans;
  #length = 0;
  worst: ColourShift | null = null;

  constructor(private readonly planes: Planes) {
    this.#run = new ColourMeans(planes);
  }

  add(frame: Uint8Array): void {
    this.#run.add(frame);
    if (++this.#length < RUN) return;
    const shift = this.#run.shift();
    if (this.worst === null || colourShare(shift) > colourShare(this.worst)) this.worst = shift;
    [this.#run, this.#length] = [new ColourMeans(this.planes), 0];
  }
}

interface Mean {
  source: Float64Array;
  proxy: Float64Array;
}

function difference({ source, proxy }: Mean): Float64Array {
  const off = new Float64Array(proxy.length);
  for (let at = 0; at < off.length; at++) off[at] = (proxy[at] as number) - (source[at] as number);
  return off;
}

function fromGrey(value: number | undefined): number {
  return Math.abs((value ?? GREY) - GREY);
}

/** Luma in the size of the planes of colour. */
function halved(luma: Float64Array, { width, height }: Plane): Float64Array {
  const half = new Float64Array((width * height) / 4);
  for (let at = 0; at < luma.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const to = (Math.floor(y / 2) * width) / 2 + Math.floor(x / 2);
    half[to] = (half[to] as number) + (luma[at] as number) / 4;
  }
  return half;
}
