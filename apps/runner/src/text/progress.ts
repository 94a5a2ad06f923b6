import { withoutControls } from './printable.ts';

/** A line is written this often at most, in milliseconds. */
const PAUSE = 100;
const CLEAR_LINE = '\r\u001B[K';

/** One line on a terminal that says how far something is. Where nobody looks, in a pipe or a log, it says nothing. */
export class Progress {
  /** The one that has a line on the terminal. */
  static #shown: Progress | null = null;
  readonly #isSeen: boolean;
  #last = -Infinity;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {
    this.#isSeen = stream.isTTY;
  }

  /** @param text made only when it is shown. */
  show(text: () => string) {
    const now = performance.now();
    if (!this.#isSeen || now - this.#last < PAUSE) return;
    this.#last = now;
    Progress.#shown = this;
    // A line that is longer than the terminal is wide could not be taken away again.
    this.stream.write(
      CLEAR_LINE + withoutControls(text()).slice(0, (this.stream.columns ?? Infinity) - 1),
    );
  }

  /** Takes the line away. */
  end() {
    if (Progress.#shown === this) Progress.clearLine();
  }

  /** Takes away what is shown, for a line that stays. */
  static clearLine() {
    Progress.#shown?.stream.write(CLEAR_LINE);
    Progress.#shown = null;
  }
}
