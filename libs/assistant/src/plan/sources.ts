import { join } from 'node:path';
import { errorCode, lstat, mapConcurrently } from '@app/storage';
import { type Examined, faultOf, isMisread } from './examine.ts';
import type { PlanRequest } from './plan-request.ts';
import { hasOwnLooks, usualLook, type ClipLook } from './planned-viewing.ts';
import type { Found } from './walk.ts';

/** A source as it lies on its medium; a frame sequence by its last frame. */
export interface Source extends Found {
  bytes: number;
  /** Time of its last change, in whole milliseconds since 1970. */
  mtime_ms: number;
  /** When it, its rights or its names were last changed; that alone makes it no other source. */
  ctimeMs: number;
  /** Since when it is as it is, and when it was last seen so, on the clock of `performance.now()`. */
  since: number;
  seen: number;
  /** How long before that look its last change was, in seconds. */
  restSeconds: number;
  /** What a look inside has told. */
  known?: Examined;
  /** Whether it was looked into once nothing was written to it any more. */
  isFinal?: boolean;
}

/** What lies in media at this look, and since when each has been what it is. Nothing is remembered of what is gone. */
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
  async look(
    found: readonly Found[],
    tell: (one: Found, reason: string) => void,
  ): Promise<Source[]> {
    const now = performance.now();
    const looked = await mapConcurrently(found, (one) =>
      this.#lookAt(one, now).catch((error: unknown) => {
        if (!isGone(one, error)) tell(one, faultOf(one.path, error));
        return null;
      }),
    );
    for (const [path, { at, medium }] of this.#seen)
      if (at !== now) {
        this.#seen.delete(path);
        this.#changedAt.set(medium, now);
      }
    return looked.filter((source) => source !== null);
  }

  async #lookAt({ path, medium, lastFrame }: Found, at: number): Promise<Source> {
    // What others take to be looked at is no rest of this one.
    const [seen, time] = [performance.now(), Date.now()];
    const stats = await lstat(lastFrame === undefined ? path : join(path, lastFrame));
    const mtime_ms = Math.floor(stats.mtimeMs);
    const { size: bytes, ctimeMs } = stats;
    // By a clock that isn't ours it may lie ahead, and then it is as long ago.
    const restSeconds = Math.abs(time - mtime_ms) / 1000;
    const before = this.#seen.get(path);
    if (before?.bytes === bytes && before.mtime_ms === mtime_ms) {
      // Rights may have been all that was wrong with it.
      if (before.ctimeMs !== ctimeMs && !isWhole(before)) delete before.known;
      return Object.assign(before, { at, ctimeMs, seen, restSeconds });
    }
    this.#changedAt.set(medium, at);
    const file = { path, medium, bytes, mtime_ms, ctimeMs };
    const source = { ...file, since: seen, seen, restSeconds, at };
    this.#seen.set(path, source);
    return source;
  }

  /** Seconds for which nothing of a medium has changed. */
  quietSeconds(medium: string): number {
    return (performance.now() - (this.#changedAt.get(medium) ?? -Infinity)) / 1000;
  }
}

/** Whether a look inside has found nothing wrong with it. */
export function isWhole({ known }: Source): boolean {
  if (known === undefined || 'leftover' in known) return known !== undefined;
  // What names its gamma may still be copied.
  const lacks = [...(known.clip?.obstacles.values() ?? [])].some(
    ({ cause }) => cause === 'no_look',
  );
  return known.flaw === null && !lacks;
}

/** How a source shall look; `undefined` where only a look inside can tell. */
export function lookOf({ known }: Source, { viewing }: PlanRequest): ClipLook | undefined {
  if (!hasOwnLooks(viewing)) return usualLook(viewing);
  if (known === undefined || 'leftover' in known) return undefined;
  return known.clip?.look;
}

/** Whether a look inside has found that it is no clip. */
export function isLeftover({ known }: Source): boolean {
  return known !== undefined && 'leftover' in known;
}

/** Since the walk. A name that is no UTF-8 was never found under what stands for it. */
function isGone({ path }: Found, error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') && !isMisread(path);
}
