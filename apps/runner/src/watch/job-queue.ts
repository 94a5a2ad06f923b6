import { Injectable } from '@nestjs/common';
import type { PendingJobs } from './pending-folder.ts';

/**
 * Names of the last scan, in claim order. A job that can't be claimed is skipped until the pass ends: with the first scan after a
 * claim, or after the list was gone through. So every job gets its turn, whatever else is in the folder.
 */
@Injectable()
export class JobQueue {
  /** Names tried in this pass but not taken, including those being tried now. */
  readonly #passedOver = new Set<string>();
  #isWaiting = false;
  #offered: readonly string[] = [];
  #position = 0;
  /** True if names were tried since the last claim, and more are to come. */
  #isUnderWay = false;

  /**
   * Replaces the offered names by those of a new scan.
   *
   * @param isWanted skips every other name.
   */
  offer({ names }: PendingJobs, isWanted: (name: string) => boolean = () => true): void {
    const there = new Set(names);
    if (this.#isUnderWay) {
      for (const name of this.#passedOver) if (!there.has(name)) this.#passedOver.delete(name);
    } else {
      this.#passedOver.clear();
      this.#isWaiting = false;
    }
    this.#offered = names.filter((name) => isWanted(name));
    this.#position = 0;
  }

  /** Next name that wasn't tried in this pass; it counts as skipped unless it is {@link take}n. */
  next(): string | null {
    let name: string | undefined;
    do name = this.#offered[this.#position++];
    while (name !== undefined && this.#passedOver.has(name));
    this.#isUnderWay = name !== undefined;
    if (name !== undefined) this.#passedOver.add(name);
    return name ?? null;
  }

  /** Notes that a job may become claimable by waiting: its file is still being written, or its name is in use. */
  noteWaiting(): void {
    this.#isWaiting = true;
  }

  /** Removes a name that was claimed or isn't a job. */
  take(name: string, { isClaimed }: { isClaimed: boolean }): void {
    this.#passedOver.delete(name);
    if (isClaimed) this.#isUnderWay = false;
  }

  /** Names of the last scan that weren't taken. */
  get unclaimed(): readonly string[] {
    return [...new Set([...this.#passedOver, ...this.#offered.slice(this.#position)])];
  }

  /** True if one of the names may become claimable by waiting. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }
}
