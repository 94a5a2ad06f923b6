import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import type { FinalStatus, JobResult, ResultHead } from '@app/jobspec';
import { ClipJournal } from '../job/clip-journal.ts';
import { JobObservers } from '../job/job-runner.ts';
import { endedJob, report } from '../logging/runner-logger.ts';
import { errorMessage, WatchFolder } from '@app/storage';
import { ClaimGate } from './claim-gate.ts';
import { Archive } from './archive.ts';
import { InventoryKeeper } from './inventory-keeper.ts';

/** Counts of ended jobs, for the exit code and the closing line. */
@Injectable()
export class JobCounts {
  readonly #counts: Record<FinalStatus, number> = { COMPLETED: 0, FAILED: 0, PARTIAL: 0 };
  readonly #unresolved = new Set<string>();

  add(result: ResultHead): void {
    this.#counts[result.final_status]++;
  }

  /** Marks a job that can't be claimed, recovered or archived because of an error. */
  markStuck(name: string): void {
    this.#unresolved.add(name);
  }

  /** Clears the mark of a job. */
  clearStuck(name: string): void {
    this.#unresolved.delete(name);
  }

  /** True if every job was completed and none is stuck. */
  get isClean(): boolean {
    return this.#counts.FAILED + this.#counts.PARTIAL + this.#unresolved.size === 0;
  }

  /** Number of ended jobs, in total and by final status, and of stuck jobs. */
  get counts() {
    const { COMPLETED: completed, FAILED: failed, PARTIAL: refused } = this.#counts;
    const jobs = completed + failed + refused;
    return { jobs, completed, failed, refused, stuck: this.#unresolved.size };
  }
}

/**
 * Archives finished jobs one at a time. A job that can't be archived stays in `running/` and is retried; until then nothing is
 * claimed.
 */
@Injectable()
export class Finisher {
  readonly #archiving = new PQueue({ concurrency: 1 });
  /** Results of finished jobs that could not be archived, by name; only the head of a result that is already in `running/`. */
  readonly #unarchived = new Map<string, JobResult | ResultHead>();

  constructor(
    private readonly folder: WatchFolder,
    private readonly archive: Archive,
    private readonly gate: ClaimGate,
    private readonly jobCounts: JobCounts,
    private readonly observers: JobObservers,
    private readonly inventory: InventoryKeeper,
  ) {}

  /**
   * Archives a job, or keeps it for the next {@link retry}.
   *
   * @param result the full result; only its head if it is already in `running/`.
   */
  async finish(name: string, result: JobResult | ResultHead): Promise<void> {
    this.jobCounts.add(result);
    this.observers.jobEnded(result);
    await this.#archiving.add(() => this.#tryArchive(name, result));
  }

  /** Retries jobs that could not be archived. */
  async retry(): Promise<void> {
    for (const [name, result] of this.#unarchived) {
      await this.#archiving.add(() => this.#tryArchive(name, result));
    }
  }

  async #tryArchive(name: string, result: JobResult | ResultHead) {
    try {
      if (!this.#unarchived.has(name)) await this.inventory.jobArchived(name);
      await this.#archive(name, result);
    } catch (error) {
      const reason = errorMessage(error);
      if (!this.#unarchived.has(name))
        report('result_unwritten', { ...endedJob(name, result), reason });
      this.#unarchived.set(name, result);
      this.jobCounts.markStuck(name);
      this.gate.resultUnwritten(name, reason);
      return;
    }
    this.#unarchived.delete(name);
    this.jobCounts.clearStuck(name);
    this.gate.written(name);
    await new ClipJournal(this.folder.journals, name).remove();
  }

  async #archive(name: string, result: JobResult | ResultHead) {
    if (await this.archive.finish(name, result)) return;
    if (!this.#unarchived.has(name)) report('result_dropped', endedJob(name, result));
  }

  /** True if a finished job of this name is still to be archived. */
  isUnarchived(name: string): boolean {
    return this.#unarchived.has(name);
  }
}
