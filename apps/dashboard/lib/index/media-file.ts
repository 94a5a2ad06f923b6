import { realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openInPlace, type OpenFile } from './file-in-place.ts';

const TYPES: Readonly<Record<string, string>> = { '.mp4': 'video/mp4', '.mov': 'video/quicktime' };

/** MIME type; `null` for a container that browsers don't play. */
export function mediaType(path: string): string | null {
  return TYPES[extname(path).toLowerCase()] ?? null;
}

/** Relative path from a root to a proxy in a result; `null` if it isn't below that root. */
export function belowRoot(root: string, written: string): string | null {
  if (!isAbsolute(written) || written.includes('\0') || resolve(written) !== written) return null;
  const path = relative(root, written);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? null : path;
}

/**
 * Opens a proxy in a result below the first root that contains it. The root may be a symbolic link; nothing below it may.
 * @returns `null` if it is missing, outside all roots or not a regular file
 */
export async function openMedia(
  roots: readonly string[],
  written: string,
): Promise<OpenFile | null> {
  for (const root of roots) {
    const path = belowRoot(root, written);
    const real = path === null ? null : await realpath(root).catch(() => null);
    if (path !== null && real !== null)
      return openInPlace(join(/* turbopackIgnore: true */ real, path));
  }
  return null;
}

/** Roots with a pending `stat`: each call to hanging storage occupies one of a few threads. */
const pendingRoots = new Set<string>();
const TIMEOUT_MS = 1000;

/** True if a proxy below a root is missing. False if storage doesn't answer within a second. */
export async function isMediaGone(roots: readonly string[], path: string): Promise<boolean> {
  const root = roots.find((one) => belowRoot(one, path) !== null);
  if (root === undefined || pendingRoots.has(root)) return false;
  pendingRoots.add(root);
  const answer = stat(/* turbopackIgnore: true */ path)
    .then(() => false)
    .catch((error: NodeJS.ErrnoException) => error.code === 'ENOENT')
    .finally(() => pendingRoots.delete(root));
  return Promise.race([answer, setTimeout(TIMEOUT_MS, false)]);
}
