import { DetailBeside } from './detail-beside.ts';
import { REACH, twiceDetail } from './sample-detail.ts';
import type { Plane } from './stacked-frames.ts';

/** Times the median detail of its part that strong detail has: noise has next to none such, and is what codecs take away. */
const ABOVE_USUAL = 5;
/** Levels of a sample. */
const LEVELS = 256;
/** Share of samples that must be strong; fewer say nothing of a picture, or of a part of it. */
const ENOUGH = 0.005;
const ENOUGH_OF_PART = { share: 0.1, samples: 20 } as const;
/** Parts on each side of a picture. */
const PARTS = 6;
/** Parts on each side of a ninth, in which noise is looked for: in less, a codec leaves some beside sharp text. */
const NINTH = 2;
/** What a codec may add: a share of the source's detail, or of what alternates in it, and levels. */
const ALLOWED = { share: 1.2, levels: 1 } as const;
/** A codec spreads a sharp dot over its block. That has more detail in sum, and less energy, and so much may be added. */
const SPREAD = { energy: 0.8, share: 3 } as const;

/** What became of the detail of a plane: of how each sample differs from the two beside it. */
export interface PlaneDetail {
  /** Share of the source's samples whose detail is strong. */
  strong: number;
  /** How much of the source's strong detail the proxy has, 1 for all; 1 where the source has none. */
  kept: number;
  /** The same of the part that has least. */
  keptOfPart: number;
  /** How many times as much of it lies some samples beside its place. A little always does by chance. */
  beside: number;
  /** The detail of the proxy as a share of what is allowed: more than its source has is noise. */
  added: number;
  /** The same of the ninth of the picture that has most. */
  addedOfPart: number;
}

/** @param strong levels from which on a sample's difference is strong. */
export function planeDetail(stack: Uint8Array, plane: Plane, strong: number): PlaneDetail {
  const beside = new DetailBeside(stack, plane);
  const parts = partsOf(plane).map((part) => comparePart(stack, plane, part, strong, beside));
  const all = sumOf(parts);
  const isEnough = all.strong > ENOUGH * all.samples;
  return {
    strong: all.samples === 0 ? 0 : all.strong / all.samples,
    kept: kept(all, isEnough),
    keptOfPart: Math.min(...parts.map((part) => kept(part, isEnoughOfPart(part)))),
    beside: isEnough ? beside.times(4 * all.both, 4 * all.energy) : 0,
    added: added(all),
    addedOfPart: Math.max(
      ...NINTHS.map((ninth) => added(sumOf(ninth.map((part) => parts[part] as PartDetail)))),
    ),
  };
}

function added({ samples, wanted, found, wantedEnergy, foundEnergy }: PartDetail): number {
  // A very wide picture gives so few lines that parts of its colour have none.
  if (samples === 0) return 0;
  const share = found / (ALLOWED.share * wanted + ALLOWED.levels * samples);
  const isSpread = foundEnergy < SPREAD.energy * wantedEnergy;
  return isSpread ? share / SPREAD.share : share;
}

function kept({ both, energy }: PartDetail, isEnough: boolean): number {
  return isEnough ? both / energy : 1;
}

function isEnoughOfPart({ strong, samples }: PartDetail): boolean {
  return strong > Math.max(ENOUGH_OF_PART.samples, ENOUGH_OF_PART.share * samples);
}

/** The parts of each ninth of a picture that whole parts make up; ninths overlap. */
const NINTHS = ninths();

function ninths(): number[][] {
  const places = Array.from({ length: PARTS - NINTH + 1 }, (_, place) => place);
  const parts = Array.from({ length: PARTS * PARTS }, (_, part) => part);
  return places.flatMap((top) =>
    places.map((left) =>
      parts.filter((part) => {
        const [row, column] = [Math.floor(part / PARTS) - top, (part % PARTS) - left];
        return row >= 0 && row < NINTH && column >= 0 && column < NINTH;
      }),
    ),
  );
}

function sumOf(parts: readonly PartDetail[]): PartDetail {
  const sum = (name: keyof PartDetail) => parts.reduce((all, part) => all + part[name], 0);
  return {
    samples: sum('samples'),
    wanted: sum('wanted'),
    found: sum('found'),
    wantedEnergy: sum('wantedEnergy'),
    foundEnergy: sum('foundEnergy'),
    strong: sum('strong'),
    energy: sum('energy'),
    both: sum('both'),
  };
}

interface Part {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function partsOf({ width, height }: Plane): Part[] {
  const at = (length: number, part: number) => Math.ceil((length * part) / PARTS);
  return Array.from({ length: PARTS * PARTS }, (_, n) => {
    const [row, column] = [Math.floor(n / PARTS), n % PARTS];
    return {
      left: Math.max(REACH, at(width, column)),
      right: Math.min(width - REACH, at(width, column + 1)),
      top: at(height, row),
      bottom: at(height, row + 1),
    };
  });
}

/** Sums over the samples of a part: all of them, then the strong ones. */
interface PartDetail {
  samples: number;
  wanted: number;
  found: number;
  wantedEnergy: number;
  foundEnergy: number;
  strong: number;
  energy: number;
  both: number;
}

/** Sums are of whole numbers, of twice the differences in levels, since millions of samples go through here. */
function comparePart(
  stack: Uint8Array,
  plane: Plane,
  part: Part,
  strong: number,
  beside: DetailBeside,
): PartDetail {
  const least = 2 * Math.max(strong, ABOVE_USUAL * usualDetail(stack, plane, part));
  let [wanted, found, wantedEnergy, foundEnergy] = [0, 0, 0, 0];
  let [strongSamples, energy, both] = [0, 0, 0];
  for (let y = part.top; y < part.bottom; y++)
    for (let x = part.left; x < part.right; x++) {
      const at = y * plane.width + x;
      const detail = twiceDetail(stack, plane.source + at);
      const own = twiceDetail(stack, plane.proxy + at);
      wanted += Math.max(Math.abs(detail), Math.abs(twiceNextTo(stack, plane.source + at)));
      found += Math.abs(own);
      wantedEnergy += detail * detail;
      foundEnergy += own * own;
      if (Math.abs(detail) < least) continue;
      strongSamples++;
      energy += detail * detail;
      both += detail * own;
      beside.add(x, at, detail);
    }
  return {
    samples: (part.bottom - part.top) * (part.right - part.left),
    wanted: wanted / 2,
    found: found / 2,
    wantedEnergy: wantedEnergy / 4,
    foundEnergy: foundEnergy / 4,
    strong: strongSamples,
    energy: energy / 4,
    both: both / 4,
  };
}

/** The median of the source's detail in a part, in levels. */
function usualDetail(stack: Uint8Array, { source, width }: Plane, part: Part): number {
  const counts = new Uint32Array(2 * LEVELS);
  const samples = (part.bottom - part.top) * (part.right - part.left);
  for (let y = part.top; y < part.bottom; y++)
    for (let x = part.left; x < part.right; x++) {
      const halves = Math.abs(twiceDetail(stack, source + y * width + x));
      counts[halves] = (counts[halves] as number) + 1;
    }
  let [at, below] = [0, 0];
  while (at < counts.length && below + (counts[at] as number) <= samples / 2)
    below += counts[at++] as number;
  return at / 2;
}

/** How a sample differs from the next: `twiceDetail` can't see what alternates sample by sample. */
function twiceNextTo(stack: Uint8Array, at: number): number {
  return 2 * ((stack[at] as number) - (stack[at + 1] as number));
}
