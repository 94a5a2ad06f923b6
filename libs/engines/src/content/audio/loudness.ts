import type { TrackLoudness } from '@app/jobspec';

/** Characters kept: more than FFmpeg prints per tenth of a second with the most channels. */
const KEPT = 16_384;
/** LUFS of the absolute gate of EBU R 128: the reading of silence. */
const SILENT = -70;

/** Reads what `ebur128` prints every tenth of a second; the last values are those of the whole track. */
export class LoudnessReader {
  #output = '';

  take(chunk: Uint8Array): void {
    this.#output = (this.#output + Buffer.from(chunk).toString('latin1')).slice(-KEPT);
  }

  /** Returns `null` if FFmpeg printed nothing, as for a very short track. */
  get(): TrackLoudness | null {
    if (this.#output === '') return null;
    const integrated = this.#last('I');
    const peak = 20 * Math.log10(this.#last('true_peak'));
    return {
      integrated_lufs: integrated > SILENT ? toTenths(integrated) : null,
      true_peak_dbtp: Number.isFinite(peak) ? toTenths(peak) : null,
    };
  }

  /** Returns `NaN` if the value wasn't printed. */
  #last(name: string): number {
    const key = `lavfi.r128.${name}=`;
    const at = this.#output.lastIndexOf(key);
    return at < 0 ? Number.NaN : Number.parseFloat(this.#output.slice(at + key.length));
  }
}

function toTenths(value: number): number {
  return Math.round(value * 10) / 10;
}
