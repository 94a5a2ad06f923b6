import type { DriverError, DriverEvent } from './driver-events.ts';

export interface DriverOutcome {
  /** What ended the command; `null` for success. */
  error: DriverError | null;
  /** What went wrong after the render had ended well, in a sentence. */
  afterwards: string | null;
  /** The phase in which Resolve didn't answer in time, so that the driver had to be ended. */
  hungIn: string | null;
  /** Whether the driver says that nothing of ours is left in Resolve. */
  isClean: boolean;
  exitCode: number | null;
  /** The last part of it. */
  stderr: string;
}

/** What a command has come to, by what its driver has said and how it ended. The first error counts. */
export class DriverAccount {
  #error: DriverError | null = null;
  #hasResult = false;
  #isClean = false;
  #hungIn: string | null = null;

  /** Whether the driver has said how its command ended. */
  get isDecided(): boolean {
    return this.#hasResult || this.#error !== null;
  }

  take(event: DriverEvent): void {
    if (event.event === 'error') this.#error ??= event;
    if (event.event === 'result') this.#hasResult = true;
    if (event.event === 'end') this.#isClean = event.left.length === 0;
  }

  fail(error: DriverError): void {
    this.#error ??= error;
  }

  noteHang(phase: string): void {
    this.#hungIn ??= phase;
  }

  /** @param project that may be left when something went wrong after the render. */
  outcome(
    project: string,
    endedBy: string | null,
    ending: Pick<DriverOutcome, 'exitCode' | 'stderr'>,
  ): DriverOutcome {
    const facts = { hungIn: this.#hungIn, isClean: this.#isClean, ...ending };
    if (!this.#hasResult) return { error: this.#error, afterwards: null, ...facts };
    return { error: null, afterwards: this.#afterwards(project, endedBy), ...facts };
  }

  #afterwards(project: string, endedBy: string | null): string | null {
    if (this.#error !== null) {
      return `${this.#error.message} after the render: its project ${project} may be left there.`;
    }
    return endedBy && `Python crashed (${endedBy}) after the render had ended well.`;
  }
}
