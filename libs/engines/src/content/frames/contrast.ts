import type { Plane } from './stacked-frames.ts';

/** A contrast that is off leaves at most this share of its own size unexplained; what a codec takes from noise leaves more. */
const UNEXPLAINED = 0.5;
/** Another range changes contrast by a sixth. A pattern of single lines may vanish whole, and is no contrast. */
const MOST = 0.35;

/** Follows how the deviations of luma from its mean go together in source and proxy, each picture for itself. */
export class Contrast {
  #samples = 0;
  #source = 0;
  #proxy = 0;
  #both = 0;

  constructor(private readonly plane: Plane) {}

  add(frame: Uint8Array): void {
    const { source, proxy, width, height } = this.plane;
    const count = width * height;
    let [s, p, ss, pp, sp] = [0, 0, 0, 0, 0];
    for (let at = 0; at < count; at++) {
      const wanted = frame[source + at] as number;
      const found = frame[proxy + at] as number;
      s += wanted;
      p += found;
      ss += wanted * wanted;
      pp += found * found;
      sp += wanted * found;
    }
    this.#samples += count;
    this.#source += ss - (s * s) / count;
    this.#proxy += pp - (p * p) / count;
    this.#both += sp - (s * p) / count;
  }

  /** By how many levels of 255 contrast moves a usual sample. */
  levels(): number {
    if (this.#source <= 0) return 0;
    const slope = this.#both / this.#source;
    const levels = (slope - 1) * Math.sqrt(this.#source / this.#samples);
    const rest = Math.sqrt(Math.max(0, this.#proxy - slope * this.#both) / this.#samples);
    const isContrast = Math.abs(slope - 1) < MOST && rest < UNEXPLAINED * Math.abs(levels);
    return isContrast ? levels : 0;
  }
}
