import { Injectable } from '@nestjs/common';
import type { FinalStatus, ResultHead } from '@app/jobspec';

/** Counts how jobs ended, for the exit code and the closing line. */
@Injectable()
export class JobCounts {
  readonly #counts: Record<FinalStatus, number> = { COMPLETED: 0, FAILED: 0, PARTIAL: 0 };
  readonly #unresolved = new Set<string>();

  add(result: ResultHead): void {
    this.#counts[result.final_status]++;
  }

  /** Notes a job that an error keeps from being claimed or archived. */
  leave(name: string): void {
    this.#unresolved.add(name);
  }

  /** The error is gone. */
  resolve(name: string): void {
    this.#unresolved.delete(name);
  }

  /** Whether every job was completed, and none is stuck. */
  get isClean(): boolean {
    return this.#counts.FAILED + this.#counts.PARTIAL + this.#unresolved.size === 0;
  }

  /** How many jobs ended, how, and how many are stuck. */
  get counts() {
    const { COMPLETED: completed, FAILED: failed, PARTIAL: refused } = this.#counts;
    const jobs = completed + failed + refused;
    return { jobs, completed, failed, refused, stuck: this.#unresolved.size };
  }
}
