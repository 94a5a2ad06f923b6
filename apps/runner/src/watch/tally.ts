import { Injectable } from '@nestjs/common';
import type { FinalStatus, JobResult } from '@app/jobspec';

/** Counts how jobs ended, for the exit code and the closing line. */
@Injectable()
export class Tally {
  readonly #counts: Record<FinalStatus, number> = { COMPLETED: 0, FAILED: 0, PARTIAL: 0 };

  add(result: JobResult): void {
    this.#counts[result.final_status]++;
  }

  /** Whether every job was completed. */
  get isClean(): boolean {
    return this.#counts.FAILED + this.#counts.PARTIAL === 0;
  }

  toString(): string {
    const { COMPLETED, FAILED, PARTIAL } = this.#counts;
    const total = COMPLETED + FAILED + PARTIAL;
    return `${total} ${total === 1 ? 'job' : 'jobs'}: ${COMPLETED} completed, ${FAILED} failed, ${PARTIAL} refused`;
  }
}
