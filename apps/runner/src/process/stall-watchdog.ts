import { stat } from '../files/index.ts';
import type { Progress } from './progress.ts';

/** How often time is counted, as a share of the limit, and in seconds at most. */
const TICK_SHARE = 1 / 20;
const LONGEST_TICK_SECONDS = 5;

/**
 * Fires once when nothing has moved for a time in which this process ran: one that was suspended, with its programs or
 * without, counts a tick at most. What was written meanwhile is read before the watchdog judges.
 */
export class StallWatchdog {
  fired = false;
  #seconds = 0;
  #movements = 0;
  /** What the file was like when nothing else moved. */
  #file: string | null = null;
  readonly #timer: NodeJS.Timeout | null;

  /**
   * @param seconds without progress; 0 never fires.
   * @param writes a file whose changes are progress, too: FFmpeg moves the index of a large file to its start without a word.
   */
  constructor(
    private readonly seconds: number,
    private readonly progress: Progress,
    private readonly onStall: () => void,
    private readonly writes?: string,
  ) {
    const tick = Math.min(seconds * TICK_SHARE, LONGEST_TICK_SECONDS);
    this.#timer = seconds > 0 ? setInterval(() => this.#count(tick), tick * 1000) : null;
  }

  clear(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #count(tick: number) {
    if (!this.#hasMoved()) void this.#lookAtFile();
    this.#seconds += tick;
    // Comes after everything that is ready to be read.
    if (this.#seconds >= this.seconds) setImmediate(() => this.#checkStall());
  }

  #checkStall() {
    if (this.fired || this.#hasMoved() || this.#seconds < this.seconds) return;
    this.fired = true;
    this.clear();
    this.onStall();
  }

  #hasMoved(): boolean {
    const { movements } = this.progress;
    if (movements === this.#movements) return false;
    this.#movements = movements;
    this.#seconds = 0;
    return true;
  }

  async #lookAtFile() {
    if (this.writes === undefined) return;
    const file = await stat(this.writes).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => null,
    );
    if (file === null) return;
    if (this.#file !== null && this.#file !== file) this.progress.moved();
    this.#file = file;
  }
}
