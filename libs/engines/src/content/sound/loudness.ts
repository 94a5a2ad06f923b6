/** Hz above which codecs may leave out what they like; what remains of it after three poles is no louder than silence. */
const CUTOFF = 2000;

/**
 * The loudness of one channel, window by window, of what every codec keeps: without what is too high to be coded, and
 * without a constant, which is no sound.
 */
export class Loudness {
  readonly #step: number;
  #first = 0;
  #second = 0;
  #third = 0;
  #sum = 0;
  #squares = 0;

  /** @param sampleRate in Hz. */
  constructor(sampleRate: number) {
    this.#step = 1 - Math.exp((-2 * Math.PI * CUTOFF) / sampleRate);
  }

  add(sample: number): void {
    this.#first += this.#step * (sample - this.#first);
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
