/** Fires once when nothing has reset it for a time. */
export class StallWatchdog {
  fired = false;
  readonly #timer: NodeJS.Timeout | null;

  /** @param seconds without a reset; 0 never fires. */
  constructor(seconds: number, onStall: () => void) {
    const fire = () => {
      this.fired = true;
      onStall();
    };
    this.#timer = seconds > 0 ? setTimeout(fire, seconds * 1000) : null;
  }

  reset(): void {
    if (!this.fired) this.#timer?.refresh();
  }

  clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}
