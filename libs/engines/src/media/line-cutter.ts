import { StringDecoder } from 'node:string_decoder';

/**
 * Splits the output of a program into lines as it arrives, in linear time. The excess of a line longer than `most` is dropped, so
 * that it costs no memory.
 */
export class LineCutter {
  readonly #decoder: StringDecoder;
  #parts: string[] = [];
  #length = 0;

  /**
   * @param onLine called with each line, without its end.
   * @param most characters of a line.
   */
  constructor(
    private readonly onLine: (line: string) => void,
    private readonly most: number,
    encoding: 'latin1' | 'utf8' = 'latin1',
  ) {
    this.#decoder = new StringDecoder(encoding);
  }

  take(chunk: Uint8Array): void {
    const [first = '', ...others] = this.#decoder.write(Buffer.from(chunk)).split('\n');
    this.#add(first);
    for (const part of others) {
      this.onLine(this.begun());
      this.#parts = [];
      this.#length = 0;
      this.#add(part);
    }
  }

  /** Start of the last line, whose end hasn't arrived yet. */
  begun(): string {
    return this.#parts.join('');
  }

  /** Length of that, in characters. */
  get begunLength(): number {
    return this.#length;
  }

  #add(part: string) {
    const kept = part.slice(0, this.most - this.#length);
    this.#parts.push(kept);
    this.#length += kept.length;
  }
}
