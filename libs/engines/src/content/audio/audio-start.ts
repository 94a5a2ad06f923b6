import { GrowableArray } from '../measure/growable-array.ts';
import type { AudioForm } from './audio-trace.ts';

/** How many seconds of a track are kept. */
const KEPT_SECONDS = 8;
/** How much less each channel counts than the one before it, so that channels that are opposite don't cancel each other. */
const SHARE = 0.7;

/** Keeps the first samples of a track, all channels as one, in levels of 16 bits. */
export class AudioStart {
  readonly #samples = new GrowableArray((length) => new Float32Array(length));
  readonly #most: number;
  readonly #bytes: number;
  readonly #scale: number;
  #rest: Uint8Array = new Uint8Array(0);
  #channel = 0;
  #weight = 1;
  #sum = 0;

  constructor(private readonly form: AudioForm) {
    this.#most = KEPT_SECONDS * form.sampleRate;
    this.#bytes = form.depth === 16 ? 2 : 4;
    this.#scale = form.depth === 16 ? 1 : 1 / 65_536;
  }

  /** @param chunk samples as they are compared, of 16 bits or of 24 in 32. */
  take(chunk: Uint8Array): void {
    if (this.#samples.length === this.#most) return;
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const count = Math.floor(all.length / this.#bytes);
    const view = new DataView(all.buffer, all.byteOffset, count * this.#bytes);
    for (let at = 0; at < count; at++)
      this.#add(this.#bytes === 2 ? view.getInt16(2 * at, true) : view.getInt32(4 * at, true));
    this.#rest = all.slice(count * this.#bytes);
  }

  finish(): Float32Array {
    return this.#samples.get();
  }

  #add(sample: number) {
    this.#sum += this.#weight * sample * this.#scale;
    this.#weight *= SHARE;
    if (++this.#channel < this.form.channels) return;
    if (this.#samples.length < this.#most) this.#samples.add(this.#sum);
    this.#channel = 0;
    this.#weight = 1;
    this.#sum = 0;
  }
}
