import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { report, unreadJob } from '../logging/report.ts';
import { exists } from '../files/exists.ts';
import { errorCode, errorMessage } from '../files/system-error.ts';
import { claimJob, isNameBusy, type ClaimedJob } from './claim/claim.ts';
import { ClaimGate } from './claim/claim-gate.ts';
import { CompletenessWatch } from './claim/completeness.ts';
import { Tally } from './finish/tally.ts';
import { WatchFolder } from './folder/watch-folder.ts';

/**
 * Hands out the jobs of the last scan, one claim at a time and in order. What can't be taken now is passed over until
 * the next scan offers it again.
 */
@Injectable()
export class JobIntake {
  readonly #claims = new PQueue({ concurrency: 1 });
  /** What keeps jobs from being claimed, by name. */
  readonly #stuck = new Map<string, string>();
  #offered: readonly string[] = [];
  #position = 0;
  #passedOver: string[] = [];
  /** The name that is being looked at: it may turn out to be taken or passed over. */
  #current: string | null = null;
  #isStopped = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly completeness: CompletenessWatch,
    private readonly gate: ClaimGate,
    private readonly tally: Tally,
  ) {}

  /** Replaces what is on offer by the names of a new scan, in the order of their claims. */
  offer(names: readonly string[]): void {
    this.#offered = names;
    this.#position = 0;
    this.#passedOver = [];
  }

  /** What the last scan offered and nobody has taken so far. */
  get unclaimed(): readonly string[] {
    const current = this.#current === null ? [] : [this.#current];
    const names = [...this.#passedOver, ...current, ...this.#offered.slice(this.#position)];
    return [...new Set(names)];
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether no job may be claimed, as of the last look. */
  get isBlocked(): boolean {
    return this.#isStopped || this.gate.reason !== null;
  }

  /** Claims nothing any more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Claims the next job; `null` when there is none, or none may be claimed. */
  next(): Promise<ClaimedJob | null> {
    return this.#claims.add(() => this.#claimNext());
  }

  async #claimNext(): Promise<ClaimedJob | null> {
    while (!this.#isStopped && (await this.gate.isOpen())) {
      const name = this.#offered[this.#position];
      if (name === undefined) return null;
      this.#position++;
      this.#current = name;
      const job = await this.#tryClaim(name);
      this.#current = null;
      if (job !== null) return job;
    }
    return null;
  }

  async #tryClaim(name: string): Promise<ClaimedJob | null> {
    try {
      if (!(await isNameBusy(this.folder, name))) {
        const job = await claimJob(this.folder, name, this.completeness, this.gate);
        this.#stuck.delete(name);
        this.tally.resolve(name);
        if (job !== null) return job;
      }
    } catch (error) {
      if (await this.#isGone(name, error)) return null;
      this.#reportOnce(name, errorMessage(error));
    }
    this.#passedOver.push(name);
    return null;
  }

  /** `ENOENT` may also mean that another folder is missing. */
  async #isGone(name: string, error: unknown): Promise<boolean> {
    if (errorCode(error) !== 'ENOENT') return false;
    return !(await exists(join(this.folder.pending, name)).catch(() => true));
  }

  #reportOnce(name: string, problem: string) {
    this.tally.leave(name);
    if (this.#stuck.get(name) === problem) return;
    this.#stuck.set(name, problem);
    report('job_not_claimed', { ...unreadJob(name), reason: problem });
  }
}
