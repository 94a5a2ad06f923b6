import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { timestamp } from '@app/jobspec';
import {
  errorMessage,
  FolderLockedError,
  StorageDeadline,
  WatchFolder,
  withDeadline,
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

/** What a folder that can't be scanned has on offer. */
const NOTHING: PendingJobs = { names: [] };

/** What the last scan found. */
interface ScanReport {
  /** Seconds since 1970. */
  endedAt: number;
  /** The same instant on a clock that can't jump, as `performance.now()` has it. */
  endedAtMonotonic: number;
  durationSeconds: number;
  /** Jobs in `pending/`, as of the last scan that could read it. */
  pending: number;
  /** Why the folder couldn't be scanned, or `null`. */
  problem: string | null;
}

/** Something that fails scan after scan is said once, and so is its end. */
class RepeatedProblem {
  #problem: string | null = null;

  constructor(private readonly what: 'scan' | 'status') {}

  /** @returns the problem, or `null` when all went well. */
  async watch(task: () => Promise<void>): Promise<string | null> {
    const problem = await task().then(() => null, trouble);
    if (problem !== null && problem !== this.#problem) {
      report(`${this.what}_failed`, { reason: problem });
    }
    if (problem === null && this.#problem !== null) report(`${this.what}_works_again`, {});
    return (this.#problem = problem);
  }
}

/** Storage may come back; a folder that another runner holds doesn't. */
function trouble(error: unknown): string {
  if (error instanceof FolderLockedError) throw error;
  return errorMessage(error);
}

/**
 * The loop of the service: scan, claim, run, finish. Scans come one after the other, and so do claims, in the order of the names. Jobs run side by
 * side, at most one on each worker, and a worker that is done takes the next job at once.
 */
@Injectable()
export class JobLoop {
  readonly #scans = new PQueue({ concurrency: 1 });
  readonly #claims = new PQueue({ concurrency: 1 });
  readonly #workers: PQueue;
  readonly #folderTrouble = new RepeatedProblem('scan');
  readonly #statusTrouble = new RepeatedProblem('status');
  readonly #abort = new AbortController();
  /** One for all jobs: a signal that lives as long as the runner would keep a listener of each. */
  readonly #storageDeadline: StorageDeadline;
  #found = { last_scan_at: timestamp(new Date()), pending: 0 };
  #latest: ScanReport | null = null;
  #isStopped = false;

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
    // Every program of every worker listens; Node takes more than ten for a leak.
    setMaxListeners(0, signal);
    this.#storageDeadline = new StorageDeadline(stallTimeoutSeconds, signal);
    this.#workers = new PQueue({ concurrency: maxWorkers });
  }

  /**
   * Scans once: brings what nobody works on in `running/` to rest, offers what lies in `pending/` and sets idle workers to work. A scan that
   * fails is reported once and offers nothing; the next one may succeed.
   *
   * @param isWanted considers these names and no others.
   * @returns why the folder can't be scanned, or `null`.
   * @throws FolderLockedError when another runner has taken the folder.
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
      await this.#statusTrouble.watch(() => this.status.write(this.#found));
      return problem;
    });
  }

  async #scan(isWanted?: (name: string) => boolean) {
    await this.session.ensure();
    // Nothing is claimed meanwhile: what was just claimed is nobody's for a moment.
    await this.#claims.add(() => this.recovery.adopt((name) => this.#has(name)));
    const found = await this.pending.list();
    await this.inventory.takeOver(found.inventories ?? []);
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

  /** Whether the job of this name in `running/` is a worker's, or is still to be archived. */
  #has(name: string): boolean {
    return this.slots.list().some((job) => job.name === name) || this.finisher.isHolding(name);
  }

  async #work() {
    const claim = () => this.#claims.add(() => this.#claim());
    for (let job = await claim(); job !== null; job = await claim()) await this.#run(job);
  }

  /** Claims the next job; `null` when there is none, or none may be claimed. */
  async #claim(): Promise<ClaimedJob | null> {
    while (!this.#isStopped && (await this.gate.isOpen())) {
      const name = await this.#nextName();
      if (name === null) return null;
      const job = await this.claimer.claim(name);
      if (job === 'incomplete') this.queue.waitFor();
      if (typeof job === 'string') continue;
      this.queue.take(name, { isClaimed: job !== null });
      if (job !== null) return job;
    }
    return null;
  }

  async #nextName(): Promise<string | null> {
    let name = this.queue.next();
    while (name !== null && (await this.claimer.isWaitedFor(name))) {
      this.queue.waitFor();
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
        picturesFolder: this.folder.pictures,
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

  /** Whether a scan hasn't ended yet: a folder may take longer to read than the time between two scans. */
  get isScanning(): boolean {
    return this.#scans.pending + this.#scans.size > 0;
  }

  /** `null` before the first scan has ended. */
  get latest(): ScanReport | null {
    return this.#latest;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether no job may be claimed, as of the last look. */
  get isBlocked(): boolean {
    return this.#isStopped || this.gate.paused !== null;
  }

  /** Claims nothing any more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves when no worker has a job. */
  onIdle(): Promise<void> {
    return this.#workers.onIdle();
  }

  /** Ends running jobs as interrupted, their encoders stopped, and archives what can be archived. */
  async abort(): Promise<void> {
    this.#abort.abort();
    await this.onIdle();
    await this.finisher.retry();
  }

  /** Publishes that the runner has stopped. @throws the system's error. */
  async publishStop(): Promise<void> {
    await this.#scans.onIdle();
    const pending = (await this.pending.list()).names.length;
    await this.status.write({ ...this.#found, pending }, timestamp(new Date()));
  }
}
