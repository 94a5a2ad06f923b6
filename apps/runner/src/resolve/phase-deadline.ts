import type { DriverRequest } from './driver-events.ts';

/** How long Python itself may take to begin, in seconds, on a machine that is busy. */
const BEGIN_SECONDS = 30;
const BEFORE_PHASES = 'python';

/** Resolve's calls have no time limit of their own: each phase has one, and every line of the driver is a sign of life. */
export class PhaseDeadline {
  #timer: NodeJS.Timeout | undefined;
  #phase = BEFORE_PHASES;

  /** @param onMissed is told the seconds that were not enough. */
  constructor(
    private readonly times: Pick<DriverRequest, 'phaseSeconds' | 'connectSeconds'>,
    private readonly onMissed: (seconds: number) => void,
  ) {}

  get phase(): string {
    return this.#phase;
  }

  /** A Python that doesn't even begin says nothing of Resolve. */
  get hasBegun(): boolean {
    return this.#phase !== BEFORE_PHASES;
  }

  enter(phase: string): void {
    this.#phase = phase;
  }

  restart(): void {
    this.clear();
    const seconds = this.#seconds();
    this.#timer = setTimeout(() => this.onMissed(seconds), seconds * 1000);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  #seconds(): number {
    const { phaseSeconds, connectSeconds } = this.times;
    const isConnecting = this.#phase === 'connect' || this.#phase === 'ready';
    const wanted = phaseSeconds + (isConnecting ? connectSeconds : 0);
    return this.hasBegun ? wanted : Math.max(BEGIN_SECONDS, wanted);
  }
}
