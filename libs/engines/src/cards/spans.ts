import { posix } from 'node:path';
import { cardOf } from './card-root.ts';

/** Files that hold one shot, in order, by their paths. */
export type Span = readonly string[];

/** FAT32 ends files below 4 GiB, and AVCHD cameras below 2 GiB too; what ends this close to it, in bytes, was cut there. */
const LIMITS = [4 * 1024 ** 3, 2 * 1024 ** 3];
const CLOSE = 32 * 1024 ** 2;

/**
 * The shots that cameras have spread over several files, by their names. The parts of a RED clip are none: they are one clip.
 *
 * @param paths of clips, absolute, with slashes, in order.
 */
export function spansAmong(paths: readonly string[]): Span[] {
  const shots = new Map<string, string[]>();
  for (const path of paths) {
    const shot = shotOf(path);
    if (shot === null) continue;
    const parts = shots.get(shot);
    if (parts) parts.push(path);
    else shots.set(shot, [path]);
  }
  return [...shots.values()].filter((parts) => parts.length > 1);
}

/** Whether a file ends where its card's filesystem made it end, so that the shot goes on elsewhere. */
export function endsAtLimit(sizeBytes: number): boolean {
  return LIMITS.some((limit) => sizeBytes < limit && sizeBytes >= limit - CLOSE);
}

function shotOf(path: string): string | null {
  const { dir, base, name } = posix.parse(path);
  // Some cameras give each file a folder of its name.
  const folder = posix.basename(dir) === name ? posix.dirname(dir) : dir;
  for (const span of cardOf(path)?.spans ?? []) {
    const groups = span.name.exec(base)?.groups;
    if (groups === undefined) continue;
    const { part: _, ...shot } = groups;
    return [folder, ...Object.values(shot)].join('/').toUpperCase();
  }
  return null;
}
