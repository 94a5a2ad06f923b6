import { Injectable } from '@nestjs/common';
import type { PendingJobs } from './pending-folder.ts';

/**
 * The names of the last scan, in the order in which they are claimed. What can't be taken now is passed over until the next pass: that begins
 * with the first scan after a claim, or after all were looked at. So whatever lies in the folder, every job has its turn.
 */
@Injectable()
export class JobQueue {
  /** What was looked at in this pass and not taken, or is being looked at. */
  readonly #passedOver = new Set<string>();
  #isWaiting = false;
  #offered: readonly string[] = [];
  #position = 0;
  /** Whether names were looked at since the last claim, and more are to come. */
  #isUnderWay = false;

  /**
   * Replaces what is on offer by what a new scan has found.
   *
   * @param isWanted passes over every other name.
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

  /** The next name that wasn't looked at in this pass; it counts as passed over unless it is {@link take}n. */
  next(): string | null {
    let name: string | undefined;
    do name = this.#offered[this.#position++];
    while (name !== undefined && this.#passedOver.has(name));
    this.#isUnderWay = name !== undefined;
    if (name !== undefined) this.#passedOver.add(name);
    return name ?? null;
  }

  /** Notes that a name may be taken later by itself: its writer is at work, or its name is busy. */
  waitFor(): void {
    this.#isWaiting = true;
  }

  /** Removes a name that is claimed, or nobody's job any more. */
  take(name: string, { isClaimed }: { isClaimed: boolean }): void {
    this.#passedOver.delete(name);
    if (isClaimed) this.#isUnderWay = false;
  }

  /** What the last scan offered and nobody has taken so far. */
  get unclaimed(): readonly string[] {
    return [...new Set([...this.#passedOver, ...this.#offered.slice(this.#position)])];
  }

  /** Whether some of what the last scan offered may become free without anybody's doing. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }
}
