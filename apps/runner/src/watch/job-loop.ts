import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { timestamp } from '@app/jobspec';
import {
  errorMessage,
  FolderLockedError,
  StorageDeadline,
  WatchFolder,
  withDeadline,
  withinSeconds,
} from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';
import { ClipJournal } from '../job/clip-journal.ts';
import { JobRunner } from '../job/job-runner.ts';
import { report } from '../logging/runner-logger.ts';
import { ClaimGate } from './claim-gate.ts';
import { Claimer, type ClaimedJob } from './claim.ts';
import { Finisher } from './finisher.ts';
import { FolderSession } from './folder-session.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { JobQueue } from './job-queue.ts';
import { PendingFolder, type PendingJobs } from './pending-folder.ts';
import { Recovery } from './recovery.ts';
import { StatusFile } from './status-file.ts';
import { WorkerSlots } from './worker-slots.ts';

/** Limit of each step of the last look at the folder, in seconds. */
const LAST_SECONDS = 2;

/** Jobs offered while the folder can't be scanned. */
const NOTHING: PendingJobs = { names: [] };

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
  readonly #abort = new AbortController();
  /** Shared by all jobs: with one deadline per job, the signal would collect listeners for as long as the runner lives. */
  readonly #storageDeadline: StorageDeadline;
  #found = { last_scan_at: timestamp(new Date()), pending: 0 };
  #latest: ScanReport | null = null;
  #isStopped = false;
  /** True once the last status is being written. */
  #hasLeft = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly session: FolderSession,
    private readonly pending: PendingFolder,
    private readonly queue: JobQueue,
    private readonly gate: ClaimGate,
    private readonly claimer: Claimer,
    private readonly slots: WorkerSlots,
    private readonly runner: JobRunner,
    private readonly finisher: Finisher,
    private readonly recovery: Recovery,
    private readonly inventory: InventoryKeeper,
    private readonly status: StatusFile,
    { maxWorkers, stallTimeoutSeconds }: RunnerSettings,
  ) {
    const { signal } = this.#abort;
    // Every program of every worker adds a listener; Node warns beyond ten.
    setMaxListeners(0, signal);
    this.#storageDeadline = new StorageDeadline(stallTimeoutSeconds, signal);
    this.#workers = new PQueue({ concurrency: maxWorkers });
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
      if (problem !== null) this.#offer(NOTHING);
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
    await this.#claims.add(() => this.recovery.adopt((name) => this.#has(name)));
    const found = await this.pending.list();
    // Jobs don't wait for it.
    void this.inventory.takeOver(found.inventories ?? []);
    this.#offer(found, isWanted);
    await this.finisher.retry();
    while (this.#workers.pending + this.#workers.size < this.#workers.concurrency)
      void this.#workers.add(() => this.#work());
    this.#found = { last_scan_at: timestamp(new Date()), pending: found.names.length };
  }

  #offer(found: PendingJobs, isWanted?: (name: string) => boolean) {
    this.queue.offer(found, isWanted);
    this.claimer.beginScan(found.names);
  }

  /** True if the job of this name in `running/` has a worker, or is still to be archived. */
  #has(name: string): boolean {
    return this.slots.list().some((job) => job.name === name) || this.finisher.isUnarchived(name);
  }

  async #work() {
    const claim = () => this.#claims.add(() => this.#claim());
    for (let job = await claim(); job !== null; job = await claim()) await this.#run(job);
  }

  /** Claims the next job; `null` if there is none, or claims are paused. */
  async #claim(): Promise<ClaimedJob | null> {
    while (!this.#isStopped && (await this.gate.isOpen())) {
      const name = await this.#nextName();
      if (name === null) return null;
      const job = await this.claimer.claim(name);
      if (job === 'incomplete') this.queue.noteWaiting();
      if (typeof job === 'string') continue;
      this.queue.take(name, { isClaimed: job !== null });
      if (job !== null) return job;
    }
    return null;
  }

  async #nextName(): Promise<string | null> {
    let name = this.queue.next();
    while (name !== null && (await this.claimer.isKnownIncomplete(name))) {
      this.queue.noteWaiting();
      name = this.#isStopped ? null : this.queue.next();
    }
    return name;
  }

  async #run({ name, path, read }: ClaimedJob) {
    const workerId = this.slots.begin(name);
    const { reading } = await read();
    const { signal } = this.#abort;
    const facts = { job: name, job_id: reading.jobId, worker_id: workerId };
    report('job_claimed', facts);
    const onWait = (reason: string | null) => {
      if (reason === null) {
        this.gate.written(name);
        report('clip_goes_on', facts);
      } else {
        this.gate.clipWaits(name, reason);
        report('clip_waits', { ...facts, reason });
      }
    };
    const journal = new ClipJournal(this.folder.journals, name, { signal, onWait });
    const { result } = await withDeadline(this.#storageDeadline, () =>
      this.runner.run({
        origin: { name, path, reading, workerId },
        journal,
        thumbnailsFolder: this.folder.pictures,
        scratchDirectory: this.folder.scratch,
        signal,
        onWait,
        onProgress: (progress) => this.slots.update(workerId, progress),
      }),
    );
    await journal.close();
    this.gate.written(name);
    await this.finisher.finish(name, result);
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
    return this.#isStopped;
  }

  /** True if no job may be claimed, as of the last check. */
  get isBlocked(): boolean {
    return this.#isStopped || this.gate.paused !== null;
  }

  /** Stops claiming. */
  stop(): void {
    this.#isStopped = true;
    this.inventory.stop();
  }

  /** Resolves when no worker has a job, and no inventory is imported. */
  async onIdle(): Promise<void> {
    await Promise.all([this.#workers.onIdle(), this.inventory.onIdle()]);
  }

  /** Interrupts running jobs, stops their encoders, and archives what can be archived. */
  async abort(): Promise<void> {
    this.#abort.abort();
    await this.onIdle();
    await this.finisher.retry();
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
    const listed = withinSeconds(LAST_SECONDS, () => this.pending.list());
    const pending = await listed.then(({ names }) => names.length).catch(() => this.#found.pending);
    const status = { ...this.#found, pending };
    await withinSeconds(LAST_SECONDS, () => this.status.write(status, timestamp(new Date())));
  }
}
