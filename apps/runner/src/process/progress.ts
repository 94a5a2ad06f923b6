/**
 * Whether a program moves, for its stall time. Whoever reads what the program writes calls `moved()`, because only the reader knows what shows
 * progress: FFmpeg reports twice a second while its storage hangs, too.
 */
export class Progress {
  #movements = 0;

  /** Counts up; the program has moved when it is another number than before. */
  get movements(): number {
    return this.#movements;
  }

  moved(): void {
    this.#movements++;
  }
}
