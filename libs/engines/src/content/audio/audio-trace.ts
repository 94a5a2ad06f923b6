/**
 * Lets the event loop do what else is ready: signals, scans, health answers, the pipes of other workers. A comparison of hours of
 * sound awaits it between its parts, each of which takes a tenth of a second at most.
 */
export { setImmediate as breathe } from 'node:timers/promises';

/** Windows in a second, and windows in a block. */
export const WINDOWS = 100;
const BLOCK = 10;
/** Seconds of a track's start that are kept. */
const START_SECONDS = 8;
/** How much less each channel counts there than the one before it, so that channels that are opposite don't cancel each other. */
const SHARE = 0.7;

export interface AudioForm {
  channels: number;
  /** Hz. */
  sampleRate: number;
  /** Bits that count; samples of 24 bits come in 32. */
  depth: 16 | 24;
  /** Whether it is compared by its loudness; what is kept to the sample needs none. */
  isCoded: boolean;
}

/** What is kept of a track. */
export interface AudioFacts {
  /** Samples of each channel. */
  samples: number;
  /** Root mean square of each whole window of coded sound, in levels of 16 bits, channel by channel of a window. */
  loudness: Uint16Array;
  /** A hash of each block's samples; the last may be a part of one. */
  hashes: readonly number[];
  /** The first samples, all channels as one, in levels of 16 bits. */
  start: Float32Array;
}

/** What is wrong with a track, and from where on, in seconds after its start. */
export interface AudioFault {
  fault: string;
  seconds: number;
}

/** Hz below and above which codecs may leave out what they like, or let it come later. */
const BAND = { low: 20, high: 2000 };

/** The loudness of one channel, window by window, of what every codec keeps. */
class Loudness {
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

/** Numbers of 16 bits that are added one by one, and read as one array. */
class GrowableArray {
  #values = new Uint16Array(1024);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint16Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  get(): Uint16Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** Follows the samples of a track: 200 bytes of memory for a second of a coded channel, and 40 for a track's, beside its start. */
export class AudioTrace {
  readonly #loudness = new GrowableArray();
  readonly #hashes: number[] = [];
  readonly #start: Float32Array;
  readonly #windowSamples: number;
  readonly #bytes: number;
  readonly #scale: number;
  readonly #channels: readonly Loudness[];
  #rest: Uint8Array = new Uint8Array(0);
  #channel = 0;
  #inWindow = 0;
  #inBlock = 0;
  #hash = 0;
  #sum = 0;
  #weight: number;
  #samples = 0;

  constructor(private readonly form: AudioForm) {
    this.#windowSamples = Math.max(1, Math.floor(form.sampleRate / WINDOWS));
    this.#bytes = form.depth === 16 ? 2 : 4;
    this.#scale = form.depth === 16 ? 1 : 256;
    this.#weight = 1 / this.#scale;
    this.#start = new Float32Array(START_SECONDS * form.sampleRate);
    const followed = form.isCoded ? form.channels : 0;
    this.#channels = Array.from({ length: followed }, () => new Loudness(form.sampleRate));
  }

  take(chunk: Uint8Array): void {
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const count = Math.floor(all.length / this.#bytes);
    const view = new DataView(all.buffer, all.byteOffset, count * this.#bytes);
    for (let at = 0; at < count; at++)
      this.#add(this.#bytes === 2 ? view.getInt16(2 * at, true) : view.getInt32(4 * at, true) >> 8);
    this.#rest = all.slice(count * this.#bytes);
  }

  finish(): AudioFacts {
    if (this.#inWindow + this.#inBlock > 0) this.#hashes.push(this.#hash);
    return {
      samples: this.#samples,
      loudness: this.#loudness.get(),
      hashes: this.#hashes,
      start: this.#start.subarray(0, this.#samples),
    };
  }

  #add(sample: number) {
    this.#hash = Math.imul(this.#hash ^ sample, 0x9e3779b1) ^ (this.#hash >>> 15);
    this.#channels[this.#channel]?.add(sample);
    this.#sum += this.#weight * sample;
    this.#weight *= SHARE;
    if (++this.#channel < this.form.channels) return;
    if (this.#samples < this.#start.length) this.#start[this.#samples] = this.#sum;
    this.#sum = 0;
    this.#weight = 1 / this.#scale;
    this.#channel = 0;
    this.#samples++;
    if (++this.#inWindow === this.#windowSamples) this.#endWindow();
  }

  #endWindow() {
    for (const channel of this.#channels)
      this.#loudness.add(Math.round(channel.endWindow(this.#windowSamples) / this.#scale));
    this.#inWindow = 0;
    if (++this.#inBlock < BLOCK) return;
    this.#hashes.push(this.#hash);
    this.#inBlock = 0;
    this.#hash = 0;
  }
}

/** Seconds from the start of a track to a block. */
export function secondsOfBlock(block: number, { sampleRate }: AudioForm): number {
  return (block * BLOCK * Math.floor(sampleRate / WINDOWS)) / sampleRate;
}
