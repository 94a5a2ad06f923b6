import { severalAtOnce, errorCode, lstat } from '@app/storage';
import { type Clip, faultOf, isMisread } from './examine.ts';
import type { Found } from './walk.ts';

/** A source as it is, for as long as it is that. */
export interface Source extends Found {
  mark: string;
  /** Since when it is that, on the clock of `performance.now()`. */
  since: number;
  /** What a look inside has told; one that isn't whole may still be copied. */
  known?: { clip: Clip | null; isWhole: boolean };
}

/** What lies in media at this poll, and since when each has been what it is. Nothing is remembered of what is gone. */
export class Sources {
  /** With the time of the last look at each. */
  readonly #seen = new Map<string, Source & { at: number }>();
  readonly #changedAt = new Map<string, number>();

  /**
   * One look at each.
   *
   * @param tell told why one can't be looked at, a sentence.
   * @returns those that are there; of one that hasn't changed, the same as before.
   */
  async look(found: readonly Found[], tell: (reason: string) => void): Promise<Source[]> {
    const now = performance.now();
    const looked = await severalAtOnce(found, (one) =>
      this.#lookAt(one, now).catch((error: unknown) => {
        if (!isGone(one, error)) tell(faultOf(one.path, error));
        return null;
      }),
    );
    for (const [path, { at }] of this.#seen) if (at !== now) this.#seen.delete(path);
    return looked.filter((source) => source !== null);
  }

  async #lookAt({ path, medium }: Found, at: number): Promise<Source> {
    const mark = await markOf(path);
    const before = this.#seen.get(path);
    if (before?.mark === mark) return Object.assign(before, { at });
    this.#changedAt.set(medium, at);
    const source = { path, medium, mark, since: at, at };
    this.#seen.set(path, source);
    return source;
  }

  /** Seconds for which nothing of a medium has changed. */
  quietSeconds(medium: string): number {
    return (performance.now() - (this.#changedAt.get(medium) ?? -Infinity)) / 1000;
  }
}

async function markOf(path: string): Promise<string> {
  const { size, mtimeMs, ino, ctimeMs } = await lstat(path);
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

/** Since the walk. A name that is no UTF-8 was never found under what stands for it. */
function isGone({ path }: Found, error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') && !isMisread(path);
}
