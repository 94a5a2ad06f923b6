import { realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openInPlace, type OpenFile } from './file-in-place.ts';

/** How browsers are told what a file is that they play. */
const TYPES: Readonly<Record<string, string>> = { '.mp4': 'video/mp4', '.mov': 'video/quicktime' };

/** `null` when it is not of a kind that browsers play. */
export function mediaType(path: string): string | null {
  return TYPES[extname(path).toLowerCase()] ?? null;
}

/** The way from a root to a file that a result names; `null` when it does not lie below that root. */
export function belowRoot(root: string, written: string): string | null {
  if (!isAbsolute(written) || written.includes('\0') || resolve(written) !== written) return null;
  const way = relative(root, written);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? null : way;
}

/**
 * Opens a proxy that a result names, below the first root that holds it. A root may be reached by a link, nothing below it is.
 * @returns `null` for whatever is not there, lies elsewhere, or is no regular file
 */
export async function openMedia(
  roots: readonly string[],
  written: string,
): Promise<OpenFile | null> {
  for (const root of roots) {
    const way = belowRoot(root, written);
    const real = way === null ? null : await realpath(root).catch(() => null);
    if (way !== null && real !== null)
      return openInPlace(join(/* turbopackIgnore: true */ real, way));
  }
  return null;
}

/** Roots that are being asked: each question to storage that doesn't answer holds one of the few threads there are. */
const asked = new Set<string>();
const PATIENCE_MS = 1000;

/** Whether nothing lies at the path of a proxy below a root. What isn't answered at once isn't known, and so isn't said. */
export async function isMediaGone(roots: readonly string[], path: string): Promise<boolean> {
  const root = roots.find((one) => belowRoot(one, path) !== null);
  if (root === undefined || asked.has(root)) return false;
  asked.add(root);
  const answer = stat(/* turbopackIgnore: true */ path)
    .then(() => false)
    .catch((error: NodeJS.ErrnoException) => error.code === 'ENOENT')
    .finally(() => asked.delete(root));
  return Promise.race([answer, setTimeout(PATIENCE_MS, false)]);
}
