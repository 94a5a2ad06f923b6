import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { RunnerSettings } from '../config/settings.ts';
import {
  RUNNER_VERSION,
  errorMessage,
  onUnsyncable,
  StorageDeadline,
  withDeadline,
  FolderUnusableError,
} from '@app/storage';
import { report, unreadJob } from '../logging/runner-logger.ts';
import { printable } from '@app/jobspec';
import { FolderSession } from './folder-session.ts';
import { AfterJobs } from './after-jobs.ts';
import { JobLoop } from './job-loop.ts';
import { JobQueue } from './job-queue.ts';

/** Longest wait of `--once` for files that are still being written, in settle times. */
const MAX_SETTLE_TIMES = 10;

/** Pass of `--once`: runs the jobs that are in the folder now, and none that come later. */
@Injectable()
export class OncePass {
  constructor(
    private readonly loop: JobLoop,
    private readonly queue: JobQueue,
    private readonly settings: RunnerSettings,
  ) {}

  /**
   * Runs the pass. Waits a limited time for files that are still being written, and logs the jobs that remain.
   *
   * @param scanPeriodically called once, with the scan to repeat until the pass ends.
   * @param stopped resolves at a stop.
   * @returns number of jobs that remain in `pending/`.
   * @throws FolderUnusableError if the folder can't be scanned.
   */
  async run(
    scanPeriodically: (scan: () => Promise<unknown>) => void,
    stopped: Promise<void>,
  ): Promise<number> {
    await this.#scanOnce();
    let found = new Set(this.queue.unclaimed);
    scanPeriodically(() => this.loop.scan((name) => found.has(name)));
    let deadline: number | null = null;
    while (!this.loop.isStopped) {
      await Promise.race([this.loop.onIdle(), stopped]);
      if (this.#left === 0 || this.loop.isBlocked || !this.queue.isWaiting) break;
      found = new Set(this.queue.unclaimed);
      deadline ??= performance.now() + MAX_SETTLE_TIMES * this.settings.settleSeconds * 1000;
      if (performance.now() >= deadline) break;
      await sleep(Math.min(this.settings.pollSeconds, this.settings.settleSeconds / 2) * 1000);
      await this.#scanOnce((name) => found.has(name));
    }
    for (const name of this.queue.unclaimed) report('job_left', unreadJob(name));
    return this.#left;
  }

  get #left(): number {
    return this.queue.unclaimed.length;
  }

  async #scanOnce(isWanted?: (name: string) => boolean) {
    const problem = await this.loop.scan(isWanted);
    if (problem === null) return;
    throw new FolderUnusableError(
      `The watch folder ${printable(this.settings.folder)} can't be scanned: ${problem}`,
    );
  }
}

/** Name of the periodic scan in Nest's scheduler. */
const SCAN = 'scan';

/** Limit for the watch folder's storage to answer, in seconds. */
const ANSWER_SECONDS = 15;
/** Limit for stopping encoders and cleaning up after the grace period, in seconds. */
const LAST_SECONDS = 10;

/** Life cycle of a runner on one watch folder: takes it, scans until stopped, lets jobs end, releases it. */
@Injectable()
export class WatchService implements OnModuleDestroy, BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  readonly #hurry = new AbortController();
  readonly #giveUp = new AbortController();
  readonly #storageDeadline = new StorageDeadline(ANSWER_SECONDS, this.#giveUp.signal);
  readonly #stopped: Promise<void>;
  /** Rejects when another runner has taken the folder. */
  readonly lost: Promise<never>;
  /** Resolves if a stop can't wait for storage any longer. */
  readonly givenUp: Promise<undefined>;
  #setLost: (error: unknown) => void = () => undefined;
  #setStopped: () => void = () => undefined;

  constructor(
    private readonly session: FolderSession,
    private readonly loop: JobLoop,
    private readonly once: OncePass,
    private readonly after: AfterJobs,
    private readonly scheduler: SchedulerRegistry,
    private readonly settings: RunnerSettings,
  ) {
    this.#stopped = new Promise((resolve) => (this.#setStopped = resolve));
    onUnsyncable((directory) => report('directory_unsyncable', { directory }));
    this.lost = new Promise((_, reject) => (this.#setLost = reject));
    this.lost.catch(() => undefined);
    const { signal } = this.#giveUp;
    this.givenUp = new Promise((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined)),
    );
  }

  /** Takes the folder and works on it until the application is closed. @throws as {@link FolderSession.open} does. */
  async start(): Promise<void> {
    await this.#withDeadline(async () => {
      if (!(await this.#open())) return;
      await this.loop.scan();
      this.#scanPeriodically(() => this.loop.scan());
    });
  }

  /**
   * Runs the jobs that are in the folder now.
   *
   * @returns number of jobs that remain in `pending/`.
   * @throws as {@link FolderSession.open} and {@link OncePass.run} do.
   */
  runOnce(): Promise<number> {
    return this.#withDeadline(async () => {
      if (!(await this.#open())) return 0;
      const left = await this.once.run((scan) => this.#scanPeriodically(scan), this.#stopped);
      await Promise.race([this.after.onIdle(), this.#stopped]);
      return left;
    });
  }

  /** Stops claiming. A second call ends running jobs without the grace period. */
  stop(): void {
    if (this.loop.isStopped) this.#hurry.abort();
    this.loop.stop();
    this.#stopping.abort();
    this.#limitStop();
    this.#setStopped();
  }

  /** Ends the scans. The scheduler's own clean-up comes too late: scans would go on while running jobs end. */
  onModuleDestroy(): void {
    this.loop.stop();
    if (this.scheduler.doesExist('interval', SCAN)) this.scheduler.deleteInterval(SCAN);
  }

  /** Lets running jobs end within the grace period. After that, their encoders are stopped and they end as interrupted. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.session.isOpen) await this.#withDeadline(() => this.#leave());
  }

  async #leave() {
    const ended = Promise.all([this.loop.onIdle(), this.after.rest()]);
    await Promise.race([ended, this.#graceTime()]);
    await this.loop.abort();
    await this.after.abort();
    await this.loop.publishStop().catch((error: unknown) => {
      report('status_failed', { reason: errorMessage(error) });
    });
    await this.session.close().catch((error: unknown) => {
      report('status_failed', { reason: errorMessage(error) });
    });
  }

  /** Limits waits for the watch folder's storage, and ends them when a stop gives up. */
  #withDeadline<Value>(work: () => Promise<Value>): Promise<Value> {
    return withDeadline(this.#storageDeadline, work);
  }

  /** Limits the clean-up that follows the grace period. */
  #limitStop() {
    const limit = () => setTimeout(() => this.#giveUp.abort(), LAST_SECONDS * 1000).unref();
    void this.#graceTime().then(limit);
  }

  /** @returns true if the folder was taken; false if a stop ended the wait for a runner on another host. */
  async #open(): Promise<boolean> {
    const { signal } = this.#stopping;
    try {
      await this.session.open(signal);
    } catch (error) {
      if (signal.aborted && error instanceof Error && error.name === 'AbortError') return false;
      throw error;
    }
    const { folder, maxWorkers } = this.settings;
    report('runner_started', { version: RUNNER_VERSION, folder, max_workers: maxWorkers });
    this.after.wake();
    return true;
  }

  /** Does nothing if the runner was stopped while it took the folder. */
  #scanPeriodically(scan: () => Promise<unknown>) {
    if (this.loop.isStopped) return;
    const timer = setInterval(() => {
      if (!this.loop.isScanning) void scan().catch((error: unknown) => this.#lose(error));
    }, this.settings.pollSeconds * 1000);
    this.scheduler.addInterval(SCAN, timer);
  }

  /** Ends without a grace period, because running jobs belong to another runner now. */
  #lose(error: unknown) {
    this.stop();
    this.#hurry.abort();
    this.#setLost(error);
  }

  async #graceTime() {
    const { signal } = this.#hurry;
    await sleep(this.settings.shutdownGraceSeconds * 1000, undefined, { signal, ref: false }).catch(
      () => undefined,
    );
  }
}
