import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { LARGEST_CODE } from '../../look/look.ts';
import { colourCodes, nearColours, type LookSteps } from '../../look/steps.ts';
import type { FrameSize } from '../../proxy/plan/proxy-plan.ts';
import type { DecodedCodes } from '../../proxy/video/matrices.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { FrameSplitter } from '../frames/stacked-frames.ts';

/** Pixels recomputed per frame, in lines spread over its height. */
const PIXELS = 65_536;
/** Bytes per pixel: three 16-bit codes. */
const PIXEL_BYTES = 6;
/** Copies of each line: as decoded, as R'G'B', and after the look. */
const STAGES = 3;
/** 12-bit codes per level of 255. */
const CODES_PER_LEVEL = 16;
const MOST_CODES = T.lookLevels * CODES_PER_LEVEL;

/** Size of the lines by which a proxy's look is proven. */
export function lookSample({ width, height }: FrameSize): FrameSize {
  return { width, height: Math.min(height, Math.max(2, Math.floor(PIXELS / width))) };
}

/**
 * Recomputes a look for lines of three of a clip's frames, pixel by pixel and beginning with the decoded source, and compares
 * them with what FFmpeg made. Each frame from FFmpeg has the decoded lines, below them the same lines as R'G'B', and at the
 * bottom the lines after the look. R'G'B' must follow from the decoded lines, and the bottom from R'G'B'. A code that is rounded
 * differently before a steep part of the look doesn't count as a difference.
 */
export class LookProof {
  readonly #splitter: FrameSplitter;
  #frames = 0;
  #worst = 0;
  #cut = 0;

  constructor(
    private readonly steps: LookSteps,
    private readonly decoded: DecodedCodes,
    private readonly size: FrameSize,
  ) {
    const bytes = STAGES * size.width * size.height * PIXEL_BYTES;
    this.#splitter = new FrameSplitter(bytes, ({ here }) => this.#compare(here));
  }

  take(chunk: Uint8Array): void {
    this.#splitter.take(chunk);
  }

  /** Check of the look; fails if nothing could be compared. */
  check(): VerificationCheck<ContentCheck> {
    this.#splitter.end();
    const levels = Math.round((100 * this.#worst) / CODES_PER_LEVEL) / 100;
    const actual = this.#frames === 0 ? null : levels;
    const passed = actual !== null && actual <= T.lookLevels;
    return { check: 'look_off_levels', expected: 0, actual, tolerance: T.lookLevels, passed };
  }

  /** Share of the compared pixels that are brighter than the look's range. */
  get cutShare(): number {
    this.#splitter.end();
    return this.#cut / Math.max(1, this.#frames * this.size.width * this.size.height);
  }

  #compare(frame: Uint8Array) {
    const { steps, decoded } = this;
    const pixels = this.size.width * this.size.height;
    const planes = new Uint16Array(frame.buffer);
    const [green, blue, red] = [0, STAGES * pixels, 2 * STAGES * pixels];
    const [mostRed, mostGreen, mostBlue] = steps.brightest;
    const [pixel, looked] = [new Uint16Array(3), new Uint16Array(3)];
    const read = (to: Uint16Array, at: number) => {
      to[0] = planes[red + at] as number;
      to[1] = planes[green + at] as number;
      to[2] = planes[blue + at] as number;
    };
    for (let at = 0; at < pixels; at++) {
      const codes = decoded(
        planes[green + at] as number,
        planes[blue + at] as number,
        planes[red + at] as number,
      ) as unknown as readonly [number, number, number];
      if (
        Math.round(codes[0]) > mostRed ||
        Math.round(codes[1]) > mostGreen ||
        Math.round(codes[2]) > mostBlue
      )
        this.#cut++;
      read(pixel, at + pixels);
      read(looked, at + 2 * pixels);
      this.#worst = Math.max(this.#worst, farthest(pixel, codes), this.#lookedOff(pixel, looked));
    }
    this.#frames++;
  }

  /**
   * Codes by which a pixel is off after the look. Neighbouring codes are tried only if it is off by more than the limit and more
   * than the worst pixel so far.
   */
  #lookedOff(pixel: Uint16Array, looked: Uint16Array): number {
    wanted.set(pixel);
    colourCodes(this.steps, wanted);
    let least = farthest(looked, wanted);
    if (least <= Math.max(MOST_CODES, this.#worst)) return least;
    for (const near of nearColours(this.steps, pixel))
      least = Math.min(least, farthest(looked, near));
    return least;
  }
}

const wanted = new Uint16Array(3);

/** Codes by which the worst channel is off; values beyond the range of codes count as its ends. */
function farthest(codes: Uint16Array, exact: ArrayLike<number>): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel++) {
    const reachable = Math.min(LARGEST_CODE, Math.max(0, exact[channel] as number));
    most = Math.max(most, Math.abs(reachable - (codes[channel] as number)));
  }
  return most;
}
