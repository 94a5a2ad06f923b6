import { rounded } from '../measure/rounded.ts';
import { insideOf, type Inside, type Planes } from './stacked-frames.ts';

/** The level that stands for no colour. */
const GREY = 128;

/** The brightest luma of its source, in levels of 255, with which a sample is dark, and of medium brightness. */
const DARK = 85;
const MIDDLE = 170;
const PARTS = ['dark', 'middle', 'bright'] as const;
type Part = (typeof PARTS)[number];
/** All samples, and its parts. */
export const COLOUR_PARTS = ['all', ...PARTS] as const;

/** Share of all samples that a part must have: in fewer, what a codec does to an edge weighs too much. */
const LEAST_SHARE = 0.05;

/** By how many levels of 255 a proxy differs from its source in the mean. */
export interface MeanLevels {
  y: number;
  u: number;
  v: number;
  /** Of the distance of colours from grey, √(U² + V²); negative where they are paler. */
  from_grey: number;
}

/** Of all samples, and of those that are dark, medium and bright in the source; a part that has too few samples is left out. */
export type ColourLevels = Partial<Record<(typeof COLOUR_PARTS)[number], MeanLevels>>;

/** A run of frames, and its colours. */
export interface ColourRun {
  /** Its first, counted from 0. */
  frame: number;
  frames: number;
  levels: ColourLevels;
}

/** Frames that are looked at together: a cast that comes and goes is small in the mean of a clip. */
const RUN = 16;

/** Follows how the colours of a proxy differ from those of its source: in all of a clip, and run by run. */
export class ColourFollower {
  readonly #all = new PartSums();
  #run = new PartSums();
  #frames = 0;
  #worst: ColourRun = { frame: 0, frames: 0, levels: {} };
  readonly #inside: Inside;

  /** @param shareOf how far colours are off, of what is allowed. */
  constructor(
    private readonly planes: Planes,
    private readonly shareOf: (levels: ColourLevels) => number,
  ) {
    this.#inside = insideOf(planes.colour[0]);
  }

  /** Takes the next frame of the source with that of the proxy. A sample is one of colour, with the mean of the four of luma in its place. */
  add(frame: Uint8Array): void {
    const { luma, colour } = this.planes;
    const [u, v] = colour;
    const { left, right, top, bottom } = this.#inside;
    const at = (place: number) => frame[place] as number;
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const first = 2 * (y * luma.width + x);
        const below = first + luma.width;
        const lumaOf = (from: number) =>
          (at(from + first) + at(from + first + 1) + at(from + below) + at(from + below + 1)) / 4;
        const here = y * u.width + x;
        this.#run.add(
          [lumaOf(luma.source), at(u.source + here), at(v.source + here)],
          [lumaOf(luma.proxy), at(u.proxy + here), at(v.proxy + here)],
        );
      }
    this.#frames++;
    if (this.#frames % RUN === 0) this.#turn(RUN);
  }

  /** The colours of the whole clip, and the run whose colours are farthest off. */
  finish(): { levels: ColourLevels; worst: ColourRun } {
    this.#turn(this.#frames % RUN);
    return { levels: this.#all.levels(), worst: this.#worst };
  }

  #turn(frames: number) {
    if (frames === 0) return;
    const levels = this.#run.levels();
    if (this.#worst.frames === 0 || this.shareOf(levels) > this.shareOf(this.#worst.levels))
      this.#worst = { frame: this.#frames - frames, frames, levels };
    this.#all.join(this.#run);
    this.#run = new PartSums();
  }
}

type Colour = readonly [y: number, u: number, v: number];

interface Sums extends MeanLevels {
  samples: number;
}

/** Sums over samples, by the luma of their source. */
class PartSums {
  readonly #sums: Record<Part, Sums> = { dark: none(), middle: none(), bright: none() };

  add(source: Colour, proxy: Colour): void {
    const sums = this.#sums[source[0] <= DARK ? 'dark' : source[0] <= MIDDLE ? 'middle' : 'bright'];
    sums.samples++;
    sums.y += proxy[0] - source[0];
    sums.u += proxy[1] - source[1];
    sums.v += proxy[2] - source[2];
    sums.from_grey += fromGrey(proxy) - fromGrey(source);
  }

  join(others: PartSums): void {
    for (const part of PARTS) this.#sums[part] = sumOf(this.#sums[part], others.#sums[part]);
  }

  levels(): ColourLevels {
    const { dark, middle, bright } = this.#sums;
    const all = sumOf(sumOf(dark, middle), bright);
    const enough = Math.max(1, LEAST_SHARE * all.samples);
    const told = Object.entries({ all, dark, middle, bright })
      .filter(([, { samples }]) => samples >= enough)
      .map(([part, sums]) => [part, meanOf(sums)]);
    return Object.fromEntries(told) as ColourLevels;
  }
}

function fromGrey([, u, v]: Colour): number {
  return Math.sqrt((u - GREY) ** 2 + (v - GREY) ** 2);
}

function none(): Sums {
  return { samples: 0, y: 0, u: 0, v: 0, from_grey: 0 };
}

function sumOf(one: Sums, other: Sums): Sums {
  return {
    samples: one.samples + other.samples,
    y: one.y + other.y,
    u: one.u + other.u,
    v: one.v + other.v,
    from_grey: one.from_grey + other.from_grey,
  };
}

function meanOf({ samples, y, u, v, from_grey }: Sums): MeanLevels {
  const mean = (sum: number) => rounded(sum / samples);
  return { y: mean(y), u: mean(u), v: mean(v), from_grey: mean(from_grey) };
}
