/** Hz below and above which codecs may leave out what they like, or let it come later. */
const BAND = { low: 20, high: 2000 };

/** The loudness of one channel, window by window, of what every codec keeps. */
export class Loudness {
  readonly #low: number;
  readonly #high: number;
  #deep = 0;
  #deeper = 0;
  #first = 0;
  #second = 0;
  #squares = 0;

  /** @param sampleRate in Hz. */
  constructor(sampleRate: number) {
    const step = (hertz: number) => 1 - Math.exp((-2 * Math.PI * hertz) / sampleRate);
    this.#low = step(BAND.low);
    this.#high = step(BAND.high);
  }

  add(sample: number): void {
    this.#deep += this.#low * (sample - this.#deep);
    const above = sample - this.#deep;
    this.#deeper += this.#low * (above - this.#deeper);
    this.#first += this.#high * (above - this.#deeper - this.#first);
    this.#second += this.#high * (this.#first - this.#second);
    this.#squares += this.#second * this.#second;
  }

  /** The root mean square of a window of so many samples, whose end this is. */
  endWindow(samples: number): number {
    const level = Math.sqrt(this.#squares / samples);
    this.#squares = 0;
    return level;
  }
}
