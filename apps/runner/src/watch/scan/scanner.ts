import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { timestamp } from '../../text/index.ts';
import { FolderSession } from './folder-session.ts';
import { Recovery } from '../finish/index.ts';
import { JobIntake, NOTHING, Workers } from '../work/index.ts';
import { PendingFolder } from '../folder/index.ts';
import { StatusFile } from './status-file.ts';
import { RepeatedProblem } from './repeated-problem.ts';

/** What the last scan found. */
export interface ScanReport {
  /** Milliseconds since 1970. */
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
        endedAt: Date.now(),
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
