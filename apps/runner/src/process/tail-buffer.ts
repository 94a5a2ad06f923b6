/** Keeps the last bytes of a stream of text, so that a flood costs no memory. */
export class TailBuffer {
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(private readonly maxBytes: number) {}

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 2 * this.maxBytes) this.#compact();
  }

  /** The last part as text; bytes that aren't UTF-8 are replaced. */
  toString(): string {
    this.#compact();
    return new TextDecoder().decode(this.#chunks[0]);
  }

  #compact() {
    const tail = Buffer.concat(this.#chunks).subarray(-this.maxBytes);
    this.#chunks = [Buffer.from(tail)];
    this.#length = tail.length;
  }
}
