import { join } from 'node:path';
import { errorCode, lstat, mapConcurrently } from '@app/storage';
import { type Examined, faultOf, isNotUtf8 } from './examine.ts';
import type { PlanRequest } from './plan-request.ts';
import { variesByClip, defaultLook, type ClipLook } from './planned-viewing.ts';
import type { Entry } from './walk.ts';

/** Source on its medium. A frame sequence is represented by its last frame. */
export interface Source extends Entry {
  bytes: number;
  /** Mtime, in whole milliseconds since the epoch. */
  mtime_ms: number;
  /** Ctime. A change of ctime alone, as by `chmod`, makes no new source. */
  ctimeMs: number;
  /** First and last sight of the current state, by `performance.now()`. */
  since: number;
  lastSeen: number;
  /** Seconds from its last change to the last check. */
  restSeconds: number;
  /** Result of its examination. */
  examined?: Examined;
  /** True if it was examined after all writes had ended. */
  isFinal?: boolean;
}

/** Sources seen on media, with the time of their last change. Entries of deleted files are removed. */
export class Sources {
  /** With the time of the last check. */
  readonly #seen = new Map<string, Source & { at: number }>();
  readonly #changedAt = new Map<string, number>();

  /**
   * Stats each file.
   *
   * @param onUnreadable called with a sentence if one can't be read
   * @returns existing sources; an unchanged one is the same object as before
   */
  async refresh(
    found: readonly Entry[],
    onUnreadable: (one: Entry, reason: string) => void,
  ): Promise<Source[]> {
    const now = performance.now();
    const sources = await mapConcurrently(found, (one) =>
      this.#statSource(one, now).catch((error: unknown) => {
        if (!isGone(one, error)) onUnreadable(one, faultOf(one.path, error));
        return null;
      }),
    );
    for (const [path, { at, medium }] of this.#seen)
      if (at !== now) {
        this.#seen.delete(path);
        this.#changedAt.set(medium, now);
      }
    return sources.filter((source) => source !== null);
  }

  async #statSource({ path, medium, lastFrame }: Entry, at: number): Promise<Source> {
    // Taken per file: time spent on other files must not count as rest of this one.
    const [lastSeen, time] = [performance.now(), Date.now()];
    const stats = await lstat(lastFrame === undefined ? path : join(path, lastFrame));
    const mtime_ms = Math.floor(stats.mtimeMs);
    const { size: bytes, ctimeMs } = stats;
    // An mtime ahead of our clock counts as equally long ago.
    const restSeconds = Math.abs(time - mtime_ms) / 1000;
    const before = this.#seen.get(path);
    if (before?.bytes === bytes && before.mtime_ms === mtime_ms) {
      // The mode may have been its only defect.
      if (before.ctimeMs !== ctimeMs && !hasNoFlaw(before)) delete before.examined;
      return Object.assign(before, { at, ctimeMs, lastSeen, restSeconds });
    }
    this.#changedAt.set(medium, at);
    const file = { path, medium, bytes, mtime_ms, ctimeMs };
    const source = { ...file, since: lastSeen, lastSeen, restSeconds, at };
    this.#seen.set(path, source);
    return source;
  }

  /** Seconds without changes on a medium. */
  quietSeconds(medium: string): number {
    return (performance.now() - (this.#changedAt.get(medium) ?? -Infinity)) / 1000;
  }
}

/** True if the source was examined and nothing needs another examination. */
export function hasNoFlaw({ examined }: Source): boolean {
  if (examined === undefined || 'leftover' in examined) return examined !== undefined;
  // The file that names its gamma may still be being copied.
  const lacksLook = [...(examined.clip?.obstacles.values() ?? [])].some(
    ({ cause }) => cause === 'no_look',
  );
  return examined.flaw === null && !lacksLook;
}

/** Look of a source; `undefined` if it must be examined first. */
export function lookOf({ examined }: Source, { viewing }: PlanRequest): ClipLook | undefined {
  if (!variesByClip(viewing)) return defaultLook(viewing);
  if (examined === undefined || 'leftover' in examined) return undefined;
  return examined.clip?.look;
}

/** True if the examination found that it isn't a clip. */
export function isLeftover({ examined }: Source): boolean {
  return examined !== undefined && 'leftover' in examined;
}

/** True if the file was deleted since the walk. An invalid UTF-8 name never exists in its decoded form. */
function isGone({ path }: Entry, error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') && !isNotUtf8(path);
}
