import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import type { RunnerStatus } from '@app/jobspec/folder';
import { timestamp } from '@app/jobspec';
import { Recovery } from './recovery.ts';
import { JobIntake, NOTHING } from './job-intake.ts';
import { Workers } from './workers.ts';
import {
  FolderLockedError,
  misplacedJobs,
  WatchFolder,
  errorMessage,
  replaceFile,
  RUNNER_VERSION,
} from '@app/storage';
import { PendingFolder } from './pending-folder.ts';
import { isProved } from '../ffmpeg/ffmpeg-tools.ts';
import { report } from '../logging/runner-logger.ts';
import { RunnerSettings } from '../config/settings.ts';
import { ClaimGate } from './claim-gate.ts';
import { FolderHold } from './folder-hold.ts';

/** From taking a watch folder to leaving it. */
@Injectable()
export class FolderSession {
  constructor(
    private readonly folder: WatchFolder,
    private readonly hold: FolderHold,
    private readonly recovery: Recovery,
  ) {}

  get isOpen(): boolean {
    return this.hold.isTaken;
  }

  /**
   * Takes the folder and brings what an earlier runner left behind to rest.
   *
   * @throws FolderUnusableError, FolderLockedError, or the system's error when `running/` can't be brought to rest.
   */
  async open(): Promise<void> {
    await this.folder.prepare();
    await this.hold.take();
    await this.recovery.run();
    for (const place of await misplacedJobs(this.folder)) report('jobs_misplaced', place);
    const { root } = this.folder;
    if (!(await isProved(root))) report('ffmpeg_not_proved', { folder: root });
  }

  /**
   * Takes the folder again where it has been removed and is back, or was mounted anew; creates nothing.
   *
   * @throws FolderLockedError, FolderUnusableError, or the system's error while it isn't there.
   */
  async ensure(): Promise<void> {
    if (!(await this.hold.isThere())) await this.hold.takeAgain();
  }

  /** Lets other runners have the folder. */
  async close(): Promise<void> {
    await this.hold.release();
  }
}

/** Publishes `.runner/status.json`, by which others see whether a runner is alive and what it is doing. */
@Injectable()
export class StatusFile {
  readonly #startedAt = timestamp(new Date());

  constructor(
    private readonly folder: WatchFolder,
    private readonly workers: Workers,
    private readonly gate: ClaimGate,
    private readonly settings: RunnerSettings,
  ) {}

  /** Replaces the file atomically. It is news, not a record: nothing is synced. @throws the system's error. */
  async write(
    scan: Pick<RunnerStatus, 'last_scan_at' | 'pending'>,
    stoppedAt: string | null = null,
  ): Promise<void> {
    const status: RunnerStatus = {
      version: RUNNER_VERSION,
      host: hostname(),
      pid: process.pid,
      started_at: this.#startedAt,
      last_scan_at: scan.last_scan_at,
      poll_seconds: this.settings.pollSeconds,
      max_workers: this.settings.maxWorkers,
      pending: scan.pending,
      active: this.workers.active.list(),
      paused: this.gate.paused,
      held: this.gate.held,
      stopped_at: stoppedAt,
      once: this.settings.once,
    };
    await replaceFile(this.folder.status, `${JSON.stringify(status, null, 2)}\n`);
  }
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

/** Looks into `pending/`, offers what is there to the workers, and publishes the status. */
@Injectable()
export class Scanner {
  /** Scans never overlap. */
  readonly #scans = new PQueue({ concurrency: 1 });
  readonly #folderTrouble = new RepeatedProblem('scan');
  readonly #statusTrouble = new RepeatedProblem('status');
  #last = { last_scan_at: timestamp(new Date()), pending: 0 };

  #latest: ScanReport | null = null;

  constructor(
    private readonly session: FolderSession,
    private readonly pending: PendingFolder,
    private readonly intake: JobIntake,
    private readonly workers: Workers,
    private readonly status: StatusFile,
    private readonly recovery: Recovery,
  ) {}

  /** Whether a scan hasn't ended yet: a folder may take longer to read than the time between two scans. */
  get isScanning(): boolean {
    return this.#scans.pending + this.#scans.size > 0;
  }

  /** `null` before the first scan has ended. */
  get latest(): ScanReport | null {
    return this.#latest;
  }

  /**
   * Scans once. A scan that fails is reported once and offers nothing; the next one may succeed.
   *
   * @param isWanted considers these names and no others.
   * @returns why the folder can't be scanned, or `null`.
   * @throws FolderLockedError when another runner has taken the folder.
   */
  scan(isWanted?: (name: string) => boolean): Promise<string | null> {
    return this.#scans.add(async () => {
      const began = performance.now();
      const problem = await this.#folderTrouble.watch(() => this.#offer(isWanted));
      if (problem !== null) this.intake.offer(NOTHING);
      const endedAtMonotonic = performance.now();
      this.#latest = {
        endedAt: Date.now() / 1000,
        endedAtMonotonic,
        durationSeconds: (endedAtMonotonic - began) / 1000,
        pending: this.#last.pending,
        problem,
      };
      await this.#statusTrouble.watch(() => this.status.write(this.#last));
      return problem;
    });
  }

  /** Publishes that the runner has stopped. @throws the system's error. */
  async publishStop(): Promise<void> {
    await this.#scans.onIdle();
    const pending = (await this.pending.list()).total;
    await this.status.write({ ...this.#last, pending }, timestamp(new Date()));
  }

  async #offer(isWanted?: (name: string) => boolean) {
    await this.session.ensure();
    await this.intake.exclusively(() => this.recovery.adopt((name) => this.workers.has(name)));
    const found = await this.pending.list();
    this.intake.offer(found, isWanted);
    await this.workers.wake();
    this.#last = { last_scan_at: timestamp(new Date()), pending: found.total };
  }
}
