/** A line is written this often at most, in milliseconds. */
const PAUSE = 100;
const CLEAR_LINE = '\r\u001B[K';

/** One line on a terminal that says how far something is. Where nobody looks, in a pipe or a log, it says nothing. */
export class Progress {
  readonly #isSeen: boolean;
  #last = -Infinity;
  #isShown = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {
    this.#isSeen = stream.isTTY;
  }

  /** @param text made only when it is shown. */
  show(text: () => string) {
    const now = performance.now();
    if (!this.#isSeen || now - this.#last < PAUSE) return;
    this.#last = now;
    this.#isShown = true;
    this.stream.write(CLEAR_LINE + text());
  }

  /** Takes the line away. */
  end() {
    if (this.#isShown) this.stream.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
