import { Injectable, Logger } from '@nestjs/common';
import PQueue from 'p-queue';
import { printable } from '../platform/printable.ts';
import { errorCode, errorMessage } from '../platform/system-error.ts';
import { claimJob, isNameBusy, type ClaimedJob } from './claim.ts';
import { ClaimGate } from './claim-gate.ts';
import { CompletenessWatch } from './completeness.ts';
import { WatchFolder } from './watch-folder.ts';

/**
 * Hands out the jobs of the last scan, one claim at a time and in order. What can't be taken now is passed over until
 * the next scan offers it again.
 */
@Injectable()
export class JobIntake {
  readonly #logger = new Logger('Claims');
  readonly #claims = new PQueue({ concurrency: 1 });
  readonly #reported = new Set<string>();
  #offered: readonly string[] = [];
  #position = 0;
  #passedOver: string[] = [];
  #isStopped = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly completeness: CompletenessWatch,
    private readonly gate: ClaimGate,
  ) {}

  /** Replaces what is on offer by the names of a new scan, in the order of their claims. */
  offer(names: readonly string[]): void {
    this.#offered = names;
    this.#position = 0;
    this.#passedOver = [];
  }

  /** What the last scan offered and nobody has taken. */
  get unclaimed(): readonly string[] {
    return [...this.#passedOver, ...this.#offered.slice(this.#position)];
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
      const job = await this.#tryClaim(name);
      if (job !== null) return job;
    }
    return null;
  }

  async #tryClaim(name: string): Promise<ClaimedJob | null> {
    try {
      if (!(await isNameBusy(this.folder, name))) {
        const job = await claimJob(this.folder, name, this.completeness);
        if (job !== null) return job;
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      this.#reportOnce(name, error);
    }
    this.#passedOver.push(name);
    return null;
  }

  #reportOnce(name: string, error: unknown) {
    const report = `${printable(name)} stays in pending/, it can't be claimed: ${errorMessage(error)}`;
    if (!this.#reported.has(report)) this.#logger.error(report);
    this.#reported.add(report);
  }
}
