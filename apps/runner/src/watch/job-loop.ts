import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { timestamp } from '@app/jobspec';
import { errorMessage, FolderLockedError, withinSeconds } from '@app/storage';
import type { JobProgress } from '../job/job-runner.ts';
import { report } from '../logging/runner-logger.ts';
import type { ClaimedJob } from './claim.ts';
import { ClaimedJobRunner } from './claimed-job-runner.ts';
import { FolderSession } from './folder-session.ts';
import { Intake } from './intake.ts';
import { JobEndings } from './job-endings.ts';
import { StatusFile } from './status-file.ts';
import { WorkerSlots } from './worker-slots.ts';

/** Limit of each step of the last look at the folder, in seconds. */
const LAST_SECONDS = 2;

/** Outcome of a scan. */
interface ScanReport {
  /** Seconds since 1970. */
  endedAt: number;
  /** The same instant in the monotonic time of `performance.now()`. */
  endedAtMonotonic: number;
  durationSeconds: number;
  /** Jobs in `pending/` at the last successful scan. */
  pending: number;
  /** Reason why the folder couldn't be scanned, or `null`. */
  problem: string | null;
}

/** Reports a problem once, however long it lasts, and its end. */
class RepeatedProblem {
  #problem: string | null = null;

  constructor(private readonly what: 'scan' | 'status') {}

  /** @returns the problem, or `null` for success. */
  async watch(task: () => Promise<void>): Promise<string | null> {
    const problem = await task().then(() => null, trouble);
    if (problem !== null && problem !== this.#problem) {
      report(`${this.what}_failed`, { reason: problem });
    }
    if (problem === null && this.#problem !== null) report(`${this.what}_works_again`, {});
    return (this.#problem = problem);
  }
}

/** Message of an error that may pass. @throws FolderLockedError: a folder that another runner holds is lost. */
function trouble(error: unknown): string {
  if (error instanceof FolderLockedError) throw error;
  return errorMessage(error);
}

/**
 * Loop of the service: scan, claim, run, finish. Scans and claims are sequential, claims in the order of names. Jobs run in parallel,
 * at most one per worker, and a free worker claims the next job at once.
 */
@Injectable()
export class JobLoop {
  readonly #scans = new PQueue({ concurrency: 1 });
  readonly #claims = new PQueue({ concurrency: 1 });
  readonly #workers: PQueue;
  readonly #folderTrouble = new RepeatedProblem('scan');
  readonly #statusTrouble = new RepeatedProblem('status');
  #found = { last_scan_at: timestamp(new Date()), pending: 0 };
  #latest: ScanReport | null = null;
  /** True once the last status is being written. */
  #hasLeft = false;

  constructor(
    private readonly session: FolderSession,
    private readonly intake: Intake,
    private readonly slots: WorkerSlots,
    private readonly runner: ClaimedJobRunner,
    private readonly endings: JobEndings,
    private readonly status: StatusFile,
  ) {
    this.#workers = new PQueue({ concurrency: slots.count });
  }

  /**
   * Scans once: recovers jobs in `running/` that no worker has, offers those in `pending/` and wakes idle workers. A failed scan is
   * reported once and offers nothing; the next one may succeed.
   *
   * @param isWanted limits the scan to these names.
   * @returns the reason why the folder can't be scanned, or `null`.
   * @throws FolderLockedError if another runner has taken the folder.
   */
  scan(isWanted?: (name: string) => boolean): Promise<string | null> {
    return this.#scans.add(async () => {
      const began = performance.now();
      const problem = await this.#folderTrouble.watch(() => this.#scan(isWanted));
      if (problem !== null) this.intake.offerNothing();
      const endedAtMonotonic = performance.now();
      this.#latest = {
        endedAt: Date.now() / 1000,
        endedAtMonotonic,
        durationSeconds: (endedAtMonotonic - began) / 1000,
        pending: this.#found.pending,
        problem,
      };
      await this.#statusTrouble.watch(async () => {
        if (!this.#hasLeft) await this.status.write(this.#found);
      });
      return problem;
    });
  }

  async #scan(isWanted?: (name: string) => boolean) {
    await this.session.ensure();
    // Queued with the claims: a job that was just claimed has no worker for a moment.
    await this.#claims.add(() => this.endings.endOthers((name) => this.#hasWorker(name)));
    const pending = await this.intake.find(isWanted);
    await this.endings.retry();
    while (this.#workers.pending + this.#workers.size < this.#workers.concurrency)
      void this.#workers.add(() => this.#work());
    this.#found = { last_scan_at: timestamp(new Date()), pending };
  }

  #hasWorker(name: string): boolean {
    return this.slots.list().some((job) => job.name === name);
  }

  async #work() {
    const claim = () => this.#claims.add(() => this.intake.claim());
    for (let job = await claim(); job !== null; job = await claim()) await this.#run(job);
  }

  async #run(job: ClaimedJob) {
    const workerId = this.slots.begin(job.name);
    const onProgress = (progress: JobProgress) => this.slots.update(workerId, progress);
    const result = await this.runner.run(job, workerId, onProgress);
    await this.endings.finish(job.name, result);
    this.slots.end(workerId);
  }

  /** True while a scan runs: reading a folder may take longer than the poll interval. */
  get isScanning(): boolean {
    return this.#scans.pending + this.#scans.size > 0;
  }

  /** Last scan; `null` before the first has ended. */
  get latest(): ScanReport | null {
    return this.#latest;
  }

  get isStopped(): boolean {
    return this.intake.isStopped;
  }

  /** True if no job may be claimed, as of the last check. */
  get isBlocked(): boolean {
    return this.intake.isBlocked;
  }

  /** Stops claiming. */
  stop(): void {
    this.intake.stop();
  }

  /** Resolves when no worker has a job, and no inventory is imported. */
  async onIdle(): Promise<void> {
    await Promise.all([this.#workers.onIdle(), this.intake.onIdle()]);
  }

  /** Interrupts running jobs, stops their encoders, and archives what can be archived. */
  async abort(): Promise<void> {
    this.runner.abort();
    await this.onIdle();
    await this.endings.retry();
  }

  /**
   * Publishes that the runner has stopped. How many jobs are left is looked up if storage answers soon, as it may not when a stop is
   * needed most.
   *
   * @throws the system's error.
   */
  async publishStop(): Promise<void> {
    const soon = sleep(LAST_SECONDS * 1000, undefined, { ref: false });
    await Promise.race([this.#scans.onIdle(), soon]);
    // A scan that hangs overwrites nothing later.
    this.#hasLeft = true;
    const left = withinSeconds(LAST_SECONDS, () => this.intake.count());
    const pending = await left.catch(() => this.#found.pending);
    const status = { ...this.#found, pending };
    await withinSeconds(LAST_SECONDS, () => this.status.write(status, timestamp(new Date())));
  }
}
