import { Injectable } from '@nestjs/common';
import type { PendingJobs } from './pending-folder.ts';

/**
 * Names of the last scan in claim order. A job that can't be claimed is skipped for this pass. A pass ends with the first scan after a
 * claim, or after the end of the list; so every job gets its turn, whatever is in the folder.
 */
@Injectable()
export class JobQueue {
  /** Names that were tried in this pass and not taken, or are being tried. */
  readonly #passedOver = new Set<string>();
  #isWaiting = false;
  #offered: readonly string[] = [];
  #position = 0;
  /** True if names were tried since the last claim, and more are to come. */
  #isUnderWay = false;

  /**
   * Replaces the offer by the names of a new scan.
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

  /** Notes that waiting may help a name: its file is being written, or the name is in use. */
  noteWaiting(): void {
    this.#isWaiting = true;
  }

  /** Removes a name that was claimed, or is no job. */
  take(name: string, { isClaimed }: { isClaimed: boolean }): void {
    this.#passedOver.delete(name);
    if (isClaimed) this.#isUnderWay = false;
  }

  /** Names of the last scan that weren't taken. */
  get unclaimed(): readonly string[] {
    return [...new Set([...this.#passedOver, ...this.#offered.slice(this.#position)])];
  }

  /** True if waiting may help one of the names. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }
}
