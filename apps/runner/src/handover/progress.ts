const PAUSE_MS = 200;
const MB = 1_000_000;
/** To the line's start, and clear it. */
const AGAIN = '\r\u001B[K';

/** How far reading has come: a line on a terminal, nothing in a pipe. */
export class Progress {
  #read = 0;
  #shownAt = 0;

  /** @param total in bytes. */
  constructor(
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** @param bytes read since the last call. */
  add(bytes: number): void {
    this.#read += bytes;
    const now = performance.now();
    if (!this.stream.isTTY || now - this.#shownAt < PAUSE_MS) return;
    this.#shownAt = now;
    const [read, total] = [this.#read, this.total].map((count) => Math.round(count / MB));
    this.stream.write(`${AGAIN}Reading proxies: ${read} of ${total} MB`);
  }

  end(): void {
    if (this.stream.isTTY) this.stream.write(AGAIN);
  }
}
