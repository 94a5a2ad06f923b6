import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { colourCodes, type LookSteps } from '../../look/steps.ts';
import type { FrameSize } from '../../proxy/plan/proxy-plan.ts';
import { PIXEL_BYTES } from './look-sample.ts';

/** Codes of 12 bits in a level of 255. */
const CODES_PER_LEVEL = 16;
/** Levels by which a pixel may be off: rounding in FFmpeg's 32-bit numbers leaves a sixteenth. */
const MOST_LEVELS = 0.5;

/**
 * Works a look out again for lines of a clip's pictures, pixel by pixel, and compares what FFmpeg has made of them. It is told
 * both by FFmpeg: planes of green, blue and red, the lines before the look above those after it.
 */
export class LookProof {
  readonly #frame: Uint8Array;
  #filled = 0;
  #frames = 0;
  #worst = 0;
  #cut = 0;

  constructor(
    private readonly steps: LookSteps,
    private readonly size: FrameSize,
  ) {
    this.#frame = new Uint8Array(2 * size.width * size.height * PIXEL_BYTES);
  }

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.#frame.length - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#frame.length) this.#compare();
    }
  }

  /** The check of the look. A clip of which nothing could be compared fails it. */
  check(): VerificationCheck<ContentCheck> {
    const levels = Math.round((100 * this.#worst) / CODES_PER_LEVEL) / 100;
    const actual = this.#frames === 0 ? null : levels;
    const passed = actual !== null && actual <= MOST_LEVELS;
    return { check: 'look_off_levels', expected: 0, actual, passed };
  }

  /** The share of what was compared that is brighter than the look has a place for. */
  get cutShare(): number {
    return this.#cut / Math.max(1, this.#frames * this.size.width * this.size.height);
  }

  #compare() {
    const { width, height } = this.size;
    const pixels = width * height;
    const codes = new Uint16Array(this.#frame.buffer);
    const [green, blue, red] = [0, 2 * pixels, 4 * pixels];
    const [mostRed, mostGreen, mostBlue] = this.steps.brightest;
    const pixel = new Uint16Array(3);
    for (let at = 0; at < pixels; at++) {
      pixel[0] = codes[red + at] as number;
      pixel[1] = codes[green + at] as number;
      pixel[2] = codes[blue + at] as number;
      if (pixel[0] > mostRed || pixel[1] > mostGreen || pixel[2] > mostBlue) this.#cut++;
      colourCodes(this.steps, pixel);
      const off = Math.max(
        Math.abs(pixel[0] - (codes[red + pixels + at] as number)),
        Math.abs(pixel[1] - (codes[green + pixels + at] as number)),
        Math.abs(pixel[2] - (codes[blue + pixels + at] as number)),
      );
      if (off > this.#worst) this.#worst = off;
    }
    this.#frames++;
    this.#filled = 0;
  }
}
