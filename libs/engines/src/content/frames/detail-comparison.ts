import { NumberTable } from '../measure/number-table.ts';
import { StaticOverlayDetector } from './static-overlay.ts';
import { planeDetail } from './plane-detail.ts';
import type { SampledLines } from './sampled-lines.ts';
import { FrameCutter, stackedPlanes, type Plane, type Planes } from './stacked-frames.ts';

/** Levels from which on detail is strong, of luma and of colour. */
const STRONG = { luma: 16, colour: 8 } as const;
/** Levels that a part may be off in the same place throughout. */
const MARKED = { luma: 14, colour: 10 } as const;

/** `alpha`: levels by which a sample of it is off at most; 0 without any. `strong` and `change` are of the source alone. */
export const DETAIL_NUMBERS = [
  'strong',
  'change',
  'kept',
  'keptOfPart',
  'beside',
  'colourKept',
  'colourBeside',
  'added',
  'addedOfPart',
  'alpha',
] as const;

/** What the comparison of lines has given. */
export interface DetailFacts {
  pictures: number;
  /** One of so many of the clip. */
  every: number;
  numbers: NumberTable<(typeof DETAIL_NUMBERS)[number]>;
  hasAlpha: boolean;
  /** What stands in the same place through the clip, as a share of what is allowed. */
  marks: number;
}

/** Compares lines of a proxy with the same lines of what its encoder got, pixel by pixel. */
export class DetailComparison {
  readonly #numbers = new NumberTable(DETAIL_NUMBERS);
  readonly #planes: Planes;
  readonly #marks: readonly StaticOverlayDetector[];
  #linesBefore: Uint8Array | null = null;
  readonly #cutter: FrameCutter;

  constructor(private readonly form: SampledLines) {
    this.#planes = stackedPlanes(form);
    const { luma, colour } = this.#planes;
    this.#marks = [
      new StaticOverlayDetector(luma, MARKED.luma),
      ...colour.map((plane) => new StaticOverlayDetector(plane, MARKED.colour)),
    ];
    this.#cutter = new FrameCutter(2 * form.bytes, ({ here }) => this.#compare(here));
  }

  /** Takes a part of the stream of lines, each picture's of the source with those of the proxy below them. */
  take(chunk: Uint8Array): void {
    this.#cutter.take(chunk);
  }

  finish(): DetailFacts {
    this.#cutter.end();
    const { length: pictures } = this.#numbers;
    const marks = Math.max(...this.#marks.map((plane) => plane.worst(pictures)));
    const hasAlpha = this.#planes.alpha !== null;
    const { every } = this.form;
    return { pictures, every, numbers: this.#numbers, hasAlpha, marks: pictures === 0 ? 0 : marks };
  }

  /** Levels by which lines of the source differ in the mean from those of the frame before; all of them for the first. */
  #changeOf(stack: Uint8Array): number {
    const { source, width, height } = this.#planes.luma;
    const before = this.#linesBefore;
    this.#linesBefore = stack.slice(source, source + width * height);
    return before === null ? Infinity : meanDifference(before, this.#linesBefore);
  }

  #compare(stack: Uint8Array) {
    const luma = planeDetail(stack, this.#planes.luma, STRONG.luma);
    const colours = this.#planes.colour.map((plane) => planeDetail(stack, plane, STRONG.colour));
    const planes = [luma, ...colours];
    this.#numbers.add({
      strong: luma.strong,
      change: this.#changeOf(stack),
      kept: luma.kept,
      keptOfPart: luma.keptOfPart,
      beside: luma.beside,
      colourKept: Math.min(...colours.map(({ kept }) => kept)),
      colourBeside: Math.max(...colours.map(({ beside }) => beside)),
      added: Math.max(...planes.map(({ added }) => added)),
      addedOfPart: Math.max(...planes.map(({ addedOfPart }) => addedOfPart)),
      alpha: this.#planes.alpha === null ? 0 : largestDifference(stack, this.#planes.alpha),
    });
    for (const plane of this.#marks) plane.add(stack);
  }
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++)
    sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum / one.length;
}

function largestDifference(stack: Uint8Array, { source, proxy, width, height }: Plane): number {
  let largest = 0;
  for (let at = 0; at < width * height; at++) {
    const off = Math.abs((stack[source + at] as number) - (stack[proxy + at] as number));
    largest = Math.max(largest, off);
  }
  return largest;
}
