/** Takes what a program writes. When it throws, the program is ended. */
export type Reader = (chunk: Uint8Array) => void;

/** Keeps what a reader throws within its program: out of the handler of a pipe it would end the runner, with all of its jobs. */
export class ReaderGuard {
  #thrown: unknown[] = [];

  constructor(private readonly end: () => void) {}

  /** The same reader, which isn't called any more once one has thrown. */
  guarded(read: Reader): Reader {
    return (chunk) => {
      if (this.#thrown.length > 0) return;
      try {
        read(chunk);
      } catch (error) {
        this.#thrown.push(error);
        this.end();
      }
    };
  }

  /** @throws what the first reader has thrown. */
  throwIfThrown(): void {
    if (this.#thrown.length > 0) throw this.#thrown[0];
  }
}
