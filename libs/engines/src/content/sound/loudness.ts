/** Hz above which codecs may leave out what they like; what remains of it after three poles is no louder than silence. */
const CUTOFF = 2000;

/** Hz below which codecs may do so too, or let it come later. */
const LOWEST = 80;

/**
 * The loudness of one channel, window by window, of what every codec keeps: without what is too high to be coded, and
 * without what is too low to be heard.
 */
export class Loudness {
  readonly #step: number;
  readonly #deepStep: number;
  #deep = 0;
  #deeper = 0;
  #deepest = 0;
  #first = 0;
  #second = 0;
  #third = 0;
  #sum = 0;
  #squares = 0;

  /** @param sampleRate in Hz. */
  constructor(sampleRate: number) {
    this.#step = 1 - Math.exp((-2 * Math.PI * CUTOFF) / sampleRate);
    this.#deepStep = 1 - Math.exp((-2 * Math.PI * LOWEST) / sampleRate);
  }

  add(sample: number): void {
    this.#deep += this.#deepStep * (sample - this.#deep);
    let high = sample - this.#deep;
    this.#deeper += this.#deepStep * (high - this.#deeper);
    high -= this.#deeper;
    this.#deepest += this.#deepStep * (high - this.#deepest);
    high -= this.#deepest;
    this.#first += this.#step * (high - this.#first);
    this.#second += this.#step * (this.#first - this.#second);
    this.#third += this.#step * (this.#second - this.#third);
    this.#sum += this.#third;
    this.#squares += this.#third * this.#third;
  }

  /** The root mean square of a window of so many samples, whose end this is. */
  endWindow(samples: number): number {
    const mean = this.#sum / samples;
    const square = this.#squares / samples - mean * mean;
    this.#sum = 0;
    this.#squares = 0;
    return Math.sqrt(Math.max(0, square));
  }
}
