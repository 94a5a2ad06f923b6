import type { TrackLoudness } from '@app/jobspec';

/** More than FFmpeg tells of a tenth of a second of the most channels. */
const KEPT = 16_384;
/** What nothing is above the gate of EBU R 128. */
const SILENT = -70;

/** Takes what `ebur128` tells of a track, tenth by tenth of a second: what it says last is of all of it. */
export class LoudnessReader {
  #told = '';

  take(chunk: Uint8Array): void {
    this.#told = (this.#told + Buffer.from(chunk).toString('latin1')).slice(-KEPT);
  }

  /** `null` where FFmpeg told nothing, as of a moment of sound. */
  get(): TrackLoudness | null {
    if (this.#told === '') return null;
    const integrated = this.#last('I');
    const peak = 20 * Math.log10(this.#last('true_peak'));
    return {
      integrated_lufs: integrated > SILENT ? toTenths(integrated) : null,
      true_peak_dbtp: Number.isFinite(peak) ? toTenths(peak) : null,
    };
  }

  /** `NaN` where it was not told. */
  #last(name: string): number {
    const key = `lavfi.r128.${name}=`;
    const at = this.#told.lastIndexOf(key);
    return at < 0 ? Number.NaN : Number.parseFloat(this.#told.slice(at + key.length));
  }
}

function toTenths(value: number): number {
  return Math.round(value * 10) / 10;
}
