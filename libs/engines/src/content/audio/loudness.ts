/** Hz above which codecs may leave out what they like; what remains of it after three poles is no louder than silence. */
const CUTOFF = 2000;

/** Hz below which codecs may do so too, or let it come later. */
const LOWEST = 80;

/** Hz below which sound is a constant. */
const CONSTANT = 1;
/** Times the loudness of what every codec keeps from which on wind and rumble drown it: codecs leave traces of them in it. */
const DROWNED = 6;

/** Hz above which a codec, or a clock that is rounded, may move a wave: two poles. */
const SLOW = 400;

/** A window's loudness, and whether something deep is so much louder that it tells nothing. */
export interface WindowLoudness {
  level: number;
  isDrowned: boolean;
}

/**
 * The loudness of one channel, window by window, of what every codec keeps: without what is too high to be coded, and
 * without what is too low to be heard.
 */
export class Loudness {
  readonly #step: number;
  readonly #deepStep: number;
  readonly #constantStep: number;
  readonly #slowStep: number;
  #constant = 0;
  #whole = 0;
  #deep = 0;
  #deeper = 0;
  #deepest = 0;
  #first = 0;
  #second = 0;
  #third = 0;
  #slow = 0;
  #wave = 0;
  #sum = 0;
  #squares = 0;

  /** @param sampleRate in Hz. */
  constructor(sampleRate: number) {
    const step = (hertz: number) => 1 - Math.exp((-2 * Math.PI * hertz) / sampleRate);
    this.#step = step(CUTOFF);
    this.#deepStep = step(LOWEST);
    this.#constantStep = step(CONSTANT);
    this.#slowStep = step(SLOW);
  }

  add(sample: number): void {
    this.#constant += this.#constantStep * (sample - this.#constant);
    this.#whole += (sample - this.#constant) ** 2;
    this.#deep += this.#deepStep * (sample - this.#deep);
    let high = sample - this.#deep;
    this.#deeper += this.#deepStep * (high - this.#deeper);
    high -= this.#deeper;
    this.#deepest += this.#deepStep * (high - this.#deepest);
    high -= this.#deepest;
    this.#first += this.#step * (high - this.#first);
    this.#second += this.#step * (this.#first - this.#second);
    this.#third += this.#step * (this.#second - this.#third);
    this.#slow += this.#slowStep * (this.#third - this.#slow);
    this.#wave += this.#slowStep * (this.#slow - this.#wave);
    this.#sum += this.#third;
    this.#squares += this.#third * this.#third;
  }

  /** Where the slow part of the sound stands now, above and below 0. */
  get wave(): number {
    return this.#wave;
  }

  /** The root mean square of a window of so many samples, whose end this is. */
  endWindow(samples: number): WindowLoudness {
    const mean = this.#sum / samples;
    const square = Math.max(0, this.#squares / samples - mean * mean);
    const isDrowned = this.#whole / samples > DROWNED ** 2 * square;
    this.#sum = 0;
    this.#squares = 0;
    this.#whole = 0;
    return { level: Math.sqrt(square), isDrowned };
  }
}
