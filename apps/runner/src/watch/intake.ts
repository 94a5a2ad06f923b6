import { Injectable } from '@nestjs/common';
import { ClaimGate } from './claim-gate.ts';
import { Claimer, type ClaimedJob } from './claim.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { JobQueue } from './job-queue.ts';
import { PendingFolder, type PendingJobs } from './pending-folder.ts';

/** Jobs offered while the folder can't be scanned. */
const NOTHING: PendingJobs = { names: [] };

/** Way of a job out of `pending/`: found, offered in its turn, and claimed while nothing forbids it. Claims must not overlap. */
@Injectable()
export class Intake {
  #isStopped = false;

  constructor(
    private readonly pending: PendingFolder,
    private readonly queue: JobQueue,
    private readonly gate: ClaimGate,
    private readonly claimer: Claimer,
    private readonly inventory: InventoryKeeper,
  ) {}

  /**
   * Offers the jobs in `pending/`, and begins to import the inventories there.
   *
   * @param isWanted limits the offer to these names.
   * @returns number of jobs in `pending/`.
   * @throws the system's error.
   */
  async find(isWanted?: (name: string) => boolean): Promise<number> {
    const found = await this.pending.list();
    // Jobs don't wait for it.
    void this.inventory.takeOver(found.inventories ?? []);
    this.#offer(found, isWanted);
    return found.names.length;
  }

  offerNothing(): void {
    this.#offer(NOTHING);
  }

  #offer(found: PendingJobs, isWanted?: (name: string) => boolean) {
    this.queue.offer(found, isWanted);
    this.claimer.beginScan(found.names);
  }

  /** Number of jobs in `pending/`. @throws the system's error. */
  async count(): Promise<number> {
    return (await this.pending.list()).names.length;
  }

  /** Claims the next job; `null` if there is none, or claims are paused. */
  async claim(): Promise<ClaimedJob | null> {
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

  /** Resolves when no inventory is imported. */
  async onIdle(): Promise<void> {
    await this.inventory.onIdle();
  }
}
