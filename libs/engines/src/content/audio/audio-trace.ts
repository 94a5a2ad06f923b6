/**
 * Lets signals, scans, health checks and other workers' pipes run. Comparing hours of audio awaits this between steps of a
 * tenth of a second at most.
 */
export { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** Windows per second, and windows per block. */
export const WINDOWS = 100;
const BLOCK = 10;
/** Seconds of a track's start that are kept. */
const START_SECONDS = 8;
/** Weight of each channel in the mix, relative to the one before it, so that opposite channels don't cancel each other. */
const SHARE = 0.7;

export interface AudioForm {
  channels: number;
  /** Hz. */
  sampleRate: number;
  /** Significant bits; 24-bit samples come in 32. */
  depth: 16 | 24;
  /** True if it is compared by loudness; false if samples are kept exactly. */
  isCoded: boolean;
}

/** Facts of a track that its comparison needs. */
export interface AudioFacts {
  /** Samples per channel. */
  samples: number;
  /** RMS of each whole window of a coded track in 16-bit levels, channels interleaved. */
  loudness: Uint16Array;
  /** Hash of each block's samples; the last block may be partial. */
  hashes: readonly number[];
  /** First samples, mixed to one channel, in 16-bit levels. */
  start: Float32Array;
}

/** Fault of a track, and its place in seconds after the track's start. */
export interface AudioFault {
  fault: string;
  seconds: number;
}

/** Band in Hz that every codec keeps; they may drop or delay what lies outside. */
const BAND = { low: 20, high: 2000 };

/** Loudness of one channel within `BAND`, window by window. */
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

  /** Ends a window of so many samples and returns its RMS. */
  endWindow(samples: number): number {
    const level = Math.sqrt(this.#squares / samples);
    this.#squares = 0;
    return level;
  }
}

/** Growable array of 16-bit numbers. */
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

/**
 * Summarises the samples of a track. Besides the start, it takes 200 bytes per second of a coded channel and 80 per second of a
 * track.
 */
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
