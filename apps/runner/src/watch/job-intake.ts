import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { report, unreadJob } from '../logging/runner-logger.ts';
import { errorCode, errorMessage, exists, WatchFolder, placesInRunning } from '@app/storage';
import { ClaimGate, FullOutputs } from './claim-gate.ts';
import { claimJob, CompletenessWatch, type ClaimedJob, type NotTaken } from './claim.ts';
import { JobCounts } from './finisher.ts';
import { Recovery } from './recovery.ts';
import { type PendingJobs } from './pending-folder.ts';
import { FolderHold } from './folder-hold.ts';

/** What a folder that can't be scanned has on offer. */
export const NOTHING: PendingJobs = { names: [], total: 0 };

/** What {@link JobIntake.next} hands out. */
export type TakenJob = ClaimedJob;

/**
 * Hands out the jobs of the last scan, one claim at a time and in order. What can't be taken now is passed over until the next pass:
 * that begins with the first scan after a claim, or after all were looked at. So whatever lies in the folder, every job has its turn.
 */
@Injectable()
export class JobIntake {
  readonly #claims = new PQueue({ concurrency: 1 });
  /** What keeps jobs from being claimed, by name. */
  readonly #stuck = new Map<string, string>();
  /** What was looked at in this pass and not taken, or is being looked at. */
  readonly #passedOver = new Set<string>();
  /** Whether some of it may be taken later by itself: its writer is at work, or its name is busy. */
  #isWaiting = false;
  #offered: readonly string[] = [];
  #position = 0;
  /** Whether names were looked at since the last claim, and more are to come. */
  #isUnderWay = false;
  #beyond = 0;
  #isStopped = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly completeness: CompletenessWatch,
    private readonly gate: ClaimGate,
    private readonly outputs: FullOutputs,
    private readonly jobCounts: JobCounts,
    private readonly hold: FolderHold,
    private readonly recovery: Recovery,
  ) {}

  /**
   * Replaces what is on offer by what a new scan has found, in the order of the claims.
   *
   * @param isWanted passes over every other name.
   */
  offer({ names, total }: PendingJobs, isWanted: (name: string) => boolean = () => true): void {
    const there = new Set(names);
    const isGone = (name: string) => !there.has(name);
    if (this.#isUnderWay) forget(this.#passedOver, isGone);
    else {
      this.#passedOver.clear();
      this.#isWaiting = false;
    }
    this.outputs.beginScan(names);
    this.completeness.forget(isGone);
    for (const name of forget(this.#stuck, isGone)) this.jobCounts.resolve(name);
    this.#offered = names.filter((name) => isWanted(name));
    this.#position = 0;
    this.#beyond = total - names.length;
  }

  /** How many jobs the last scan has seen beside those that it offered. */
  get beyond(): number {
    return this.#beyond;
  }

  /** What the last scan offered and nobody has taken so far. */
  get unclaimed(): readonly string[] {
    return [...new Set([...this.#passedOver, ...this.#offered.slice(this.#position)])];
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether no job may be claimed, as of the last look. */
  get isBlocked(): boolean {
    return this.#isStopped || this.gate.paused !== null;
  }

  /** Whether some of what the last scan offered may become free without anybody's doing. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Does something while nothing is claimed. */
  exclusively(task: () => Promise<void>): Promise<void> {
    return this.#claims.add(task);
  }

  /** Claims nothing any more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Claims the next job; `null` when there is none, or none may be claimed. */
  next(): Promise<TakenJob | null> {
    return this.#claims.add(() => this.#claimNext());
  }

  async #claimNext(): Promise<ClaimedJob | null> {
    while (!this.#isStopped && (await this.gate.isOpen())) {
      const name = await this.#nextName();
      if (name === null) return null;
      const job = await this.#tryClaim(name);
      if (job === 'passed over') continue;
      this.#passedOver.delete(name);
      if (job === null) continue;
      this.#isUnderWay = false;
      return job;
    }
    return null;
  }

  /** The next name that wasn't looked at in this pass, and isn't one of a file that is waited for. */
  async #nextName(): Promise<string | null> {
    while (!this.#isStopped) {
      const name = this.#offered[this.#position];
      if (name === undefined) {
        this.#isUnderWay = false;
        return null;
      }
      this.#position++;
      if (this.#passedOver.has(name)) continue;
      this.#isUnderWay = true;
      this.#passedOver.add(name);
      if (!(await this.completeness.isWaitedFor(join(this.folder.pending, name)))) return name;
      this.#isWaiting = true;
    }
    return null;
  }

  /** @returns `null` for what is nobody's job, or has gone. */
  async #tryClaim(name: string): Promise<ClaimedJob | 'passed over' | null> {
    try {
      const isBusy = !(await this.hold.confirmedMissing(...placesInRunning(this.folder, name)));
      const job = isBusy ? 'incomplete' : await this.#claim(name);
      if (typeof job === 'object') return job;
      if (job === 'foreign') {
        await this.recovery.bringToRest(name);
        return null;
      }
      this.#isWaiting ||= job === 'incomplete';
    } catch (error) {
      if (await this.#isGone(name, error)) return null;
      this.#reportOnce(name, errorMessage(error));
    }
    return 'passed over';
  }

  async #claim(name: string): Promise<ClaimedJob | NotTaken> {
    const job = await claimJob(this.folder, name, this.completeness, this.outputs);
    this.#stuck.delete(name);
    this.jobCounts.resolve(name);
    return job;
  }

  /** `ENOENT` may also mean that another folder is missing. */
  async #isGone(name: string, error: unknown): Promise<boolean> {
    if (errorCode(error) !== 'ENOENT') return false;
    return !(await exists(join(this.folder.pending, name)).catch(() => true));
  }

  #reportOnce(name: string, problem: string) {
    if (this.#stuck.get(name) === problem) return;
    this.#stuck.set(name, problem);
    this.jobCounts.leave(name);
    report('job_not_claimed', { ...unreadJob(name), reason: problem });
  }
}

/** Nothing is remembered of files that somebody has taken away. @returns their names. */
function forget(
  known: Set<string> | Map<string, string>,
  isGone: (name: string) => boolean,
): string[] {
  const gone = [...known.keys()].filter(isGone);
  for (const name of gone) known.delete(name);
  return gone;
}
