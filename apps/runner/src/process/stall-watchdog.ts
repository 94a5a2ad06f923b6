/** How often time is counted, as a share of the limit, and in seconds at most. */
const TICK_SHARE = 1 / 20;
const LONGEST_TICK_SECONDS = 5;

/**
 * Fires once when nothing has reset it for a time in which this process ran: one that was suspended, with its programs or
 * without, counts a tick at most. What was written meanwhile is read before the watchdog judges.
 */
export class StallWatchdog {
  fired = false;
  #seconds = 0;
  readonly #timer: NodeJS.Timeout | null;

  /** @param seconds without a reset; 0 never fires. */
  constructor(
    private readonly seconds: number,
    private readonly onStall: () => void,
  ) {
    const tick = Math.min(seconds * TICK_SHARE, LONGEST_TICK_SECONDS);
    this.#timer = seconds > 0 ? setInterval(() => this.#count(tick), tick * 1000) : null;
  }

  reset(): void {
    this.#seconds = 0;
  }

  clear(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #count(tick: number) {
    this.#seconds += tick;
    // Comes after everything that is ready to be read.
    if (this.#seconds >= this.seconds) setImmediate(() => this.#judge());
  }

  #judge() {
    if (this.fired || this.#seconds < this.seconds) return;
    this.fired = true;
    this.clear();
    this.onStall();
  }
}
