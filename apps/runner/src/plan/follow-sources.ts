import { severalAtOnce } from '../process/several-at-once.ts';
import { lstat } from '../files/index.ts';
import type { Found } from './found.ts';

/** A source as it was at the last poll. */
export interface Seen {
  mark: string;
  /** Since when it is that, on the clock of `performance.now()`. */
  since: number;
}

/** What lies in media at this poll, and since when each has been what it is. */
export class Sources {
  #seen = new Map<string, Seen>();
  readonly #changedAt = new Map<string, number>();

  /** One look at each. @returns those that are there. */
  async look(found: readonly Found[]): Promise<(Found & Seen)[]> {
    const now = performance.now();
    const marks = await severalAtOnce(found, ({ path }) =>
      lstat(path).then(
        ({ size, mtimeMs, ino, ctimeMs }) => `${size} ${mtimeMs} ${ctimeMs} ${ino}`,
        () => null,
      ),
    );
    const seen = new Map<string, Seen>();
    const there: (Found & Seen)[] = [];
    for (const [index, one] of found.entries()) {
      const mark = marks[index] ?? null;
      if (mark === null) continue;
      const before = this.#seen.get(one.path);
      const isSame = before?.mark === mark;
      if (!isSame) this.#changedAt.set(one.medium, now);
      const state = isSame ? before : { mark, since: now };
      seen.set(one.path, state);
      there.push({ ...one, ...state });
    }
    this.#seen = seen;
    return there;
  }

  /** Seconds for which nothing of a medium has changed. */
  quietSeconds(medium: string): number {
    return (performance.now() - (this.#changedAt.get(medium) ?? -Infinity)) / 1000;
  }
}
