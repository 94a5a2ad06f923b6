import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { compareNames } from '@app/jobspec/folder';
import PQueue from 'p-queue';
import { report, unreadJob } from '../../logging/index.ts';
import { errorCode, errorMessage, exists } from '../../files/index.ts';
import {
  type ClaimedJob,
  ClaimGate,
  claimJob,
  CompletenessWatch,
  FileNotes,
  FullOutputs,
  placesInRunning,
  type NotTaken,
} from '../claim/index.ts';
import { JobCounts, Recovery } from '../finish/index.ts';
import { PassedOver } from './passed-over.ts';
import { FolderHold, PendingFolder, type PendingJobs, WatchFolder } from '../folder/index.ts';

/** What a folder that can't be scanned has on offer. */
export const NOTHING: PendingJobs = { names: [], total: 0, largest: '' };

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
  readonly #stuck = new FileNotes<string>();
  readonly #passedOver = new PassedOver();
  #offered: readonly string[] = [];
  #position = 0;
  /** Whether names were looked at since the last claim, and more are to come. */
  #isUnderWay = false;
  /** Where the folder was read up to, and what was counted but not read beyond. */
  #read: PendingJobs = NOTHING;
  #isWanted: (name: string) => boolean = () => true;
  /** The name that is being looked at: it may turn out to be taken or passed over. */
  #current: string | null = null;
  #isStopped = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly completeness: CompletenessWatch,
    private readonly gate: ClaimGate,
    private readonly outputs: FullOutputs,
    private readonly jobCounts: JobCounts,
    private readonly pending: PendingFolder,
    private readonly hold: FolderHold,
    private readonly recovery: Recovery,
  ) {}

  /**
   * Replaces what is on offer by what a new scan has found, in the order of the claims.
   *
   * @param isWanted passes over every other name.
   */
  offer(found: PendingJobs, isWanted: (name: string) => boolean = () => true): void {
    this.#isWanted = isWanted;
    const isGone = goneFrom(found);
    if (this.#isUnderWay) this.#passedOver.goOn(isGone);
    else this.#passedOver.clear();
    this.outputs.beginScan(found.names);
    this.completeness.forget(isGone);
    for (const name of this.#stuck.forget(isGone)) this.jobCounts.resolve(name);
    this.#put(found);
  }

  /** Holds for what the last scan has found, and for no name that comes later in the order. */
  get found(): (name: string) => boolean {
    const { largest } = this.#read;
    if (this.unread > 0) return (name) => compareNames(name, largest) <= 0;
    const names = new Set(this.unclaimed);
    return (name) => names.has(name);
  }

  /** How many jobs there are beside those that are named as unclaimed. */
  get unread(): number {
    return this.#furtherOn + this.#passedOver.others;
  }

  /** How many jobs come after those that were read. */
  get #furtherOn(): number {
    return this.#read.total - this.#read.names.length;
  }

  /** What the last scan offered and nobody has taken so far. */
  get unclaimed(): readonly string[] {
    const current = this.#current === null ? [] : [this.#current];
    const names = [...this.#passedOver.names, ...current, ...this.#offered.slice(this.#position)];
    return [...new Set(names)];
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
    return this.#passedOver.isWaiting || this.#furtherOn > 0;
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
      this.#current = null;
      if (job !== null) {
        this.#isUnderWay = false;
        return job;
      }
    }
    return null;
  }

  /** The next name that wasn't looked at in this pass, and isn't one of a file that is waited for. */
  async #nextName(): Promise<string | null> {
    while (!this.#isStopped) {
      const name = this.#offered[this.#position];
      if (name === undefined) {
        if (await this.#readOn()) continue;
        this.#isUnderWay = false;
        return null;
      }
      this.#position++;
      if (this.#passedOver.has(name)) continue;
      this.#isUnderWay = true;
      this.#current = name;
      if (!(await this.completeness.isWaitedFor(join(this.folder.pending, name)))) return name;
      this.#passedOver.add(name, true);
      this.#current = null;
    }
    return null;
  }

  #put(found: PendingJobs) {
    this.#read = found;
    this.#offered = found.names.filter((name) => this.#isWanted(name));
    this.#position = 0;
  }

  /** A slot that frees up doesn't wait for the next scan. A folder that can't be read does. @returns whether there may be more. */
  async #readOn(): Promise<boolean> {
    const read = this.#read;
    const last = read.names.at(-1);
    if (this.#furtherOn === 0 || last === undefined) return false;
    const further = await this.pending.list(last).catch(() => null);
    // Meanwhile a scan may have put everything on offer anew.
    if (further !== null && this.#read === read) this.#put(further);
    return further !== null;
  }

  async #tryClaim(name: string): Promise<ClaimedJob | null> {
    let isWaiting = false;
    try {
      const isBusy = !(await this.hold.confirmedMissing(...placesInRunning(this.folder, name)));
      const job = isBusy ? 'incomplete' : await this.#claim(name);
      if (typeof job === 'object') return job;
      if (job === 'foreign') {
        await this.recovery.bringToRest(name);
        return null;
      }
      isWaiting = job === 'incomplete';
    } catch (error) {
      if (await this.#isGone(name, error)) return null;
      this.#reportOnce(name, errorMessage(error));
    }
    this.#passedOver.add(name, isWaiting);
    return null;
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
    if (this.#stuck.get(name) === problem || !this.#stuck.set(name, problem)) return;
    this.jobCounts.leave(name);
    report('job_not_claimed', { ...unreadJob(name), reason: problem });
  }
}

/** Nothing is remembered of files that somebody has taken away. */
function goneFrom({ names, total }: PendingJobs): (name: string) => boolean {
  const there = new Set(names);
  const last = names.at(-1) ?? '';
  const isRead = (name: string) => total === names.length || compareNames(name, last) <= 0;
  return (name) => isRead(name) && !there.has(name);
}
