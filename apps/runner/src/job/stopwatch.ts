import { performance } from 'node:perf_hooks';
import { timestamp } from '@app/jobspec';

/** Time span as fields of a result. */
export interface TimeSpan {
  started_at: string;
  completed_at: string;
  /** Seconds, to the millisecond. */
  duration_seconds: number;
}

/** Measures a time span. Its end is its start plus the monotonic time since, so a clock change can't make the span negative. */
export class Stopwatch {
  readonly #started = new Date();
  readonly #origin = performance.now();

  get startedAt(): string {
    return timestamp(this.#started);
  }

  /** The span from the start until now. */
  read(): TimeSpan {
    const elapsed = Math.round(performance.now() - this.#origin);
    return {
      started_at: this.startedAt,
      completed_at: timestamp(new Date(this.#started.getTime() + elapsed)),
      duration_seconds: elapsed / 1000,
    };
  }
}
