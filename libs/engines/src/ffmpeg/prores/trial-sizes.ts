/** A line of FFmpeg's `framecrc`: stream, two times, duration, size, checksum. */
const PICTURE = /^(\d+), +-?\d+, +-?\d+, +\d+, +(\d+), /;
/** A longer line is none of them: it is dropped, so that it costs no memory. */
const MAX_LINE_LENGTH = 1024;

/** Follows what a trial writes: how many bytes each encoder made of each picture. */
export class TrialSizes {
  readonly #sizes: number[][];
  #rest = '';

  /** @param encoders as many streams are written. @param places as many pictures has each. */
  constructor(
    encoders: number,
    private readonly places: number,
  ) {
    this.#sizes = Array.from({ length: encoders }, () => []);
  }

  take(chunk: Uint8Array): void {
    const lines = (this.#rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.#rest = lines.pop()?.slice(-MAX_LINE_LENGTH) ?? '';
    for (const line of lines) this.#takeLine(line);
  }

  /** Bytes by encoder and place, in the order of the places; `null` unless every encoder has made every picture. */
  get(): readonly (readonly number[])[] | null {
    return this.#sizes.every(({ length }) => length === this.places) ? this.#sizes : null;
  }

  #takeLine(line: string) {
    const [, stream, size] = PICTURE.exec(line) ?? [];
    const sizes = this.#sizes[Number(stream)];
    if (sizes && sizes.length <= this.places) sizes.push(Number(size));
  }
}
