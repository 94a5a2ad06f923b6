import { StringDecoder } from 'node:string_decoder';

/**
 * Splits the output of a program into lines as it arrives, in linear time. What exceeds `maxLength` in a line is dropped, so that
 * it takes no memory.
 */
export class LineSplitter {
  readonly #decoder: StringDecoder;
  #parts: string[] = [];
  #length = 0;

  /**
   * @param onLine called with each line, without its end.
   * @param maxLength most characters kept of a line.
   */
  constructor(
    private readonly onLine: (line: string) => void,
    private readonly maxLength: number,
    encoding: 'latin1' | 'utf8' = 'latin1',
  ) {
    this.#decoder = new StringDecoder(encoding);
  }

  take(chunk: Uint8Array): void {
    const [first = '', ...others] = this.#decoder.write(Buffer.from(chunk)).split('\n');
    this.#add(first);
    for (const part of others) {
      this.onLine(this.rest());
      this.#parts = [];
      this.#length = 0;
      this.#add(part);
    }
  }

  /** Start of the last line, whose end hasn't arrived yet. */
  rest(): string {
    return this.#parts.join('');
  }

  /** Length of {@link rest} in characters. */
  get restLength(): number {
    return this.#length;
  }

  #add(part: string) {
    const kept = part.slice(0, this.maxLength - this.#length);
    this.#parts.push(kept);
    this.#length += kept.length;
  }
}
