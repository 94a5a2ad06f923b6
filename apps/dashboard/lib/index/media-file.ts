import { realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Container } from '@app/jobspec/result';
import { openInPlace, type OpenFile } from './file-in-place.ts';

/** How browsers are told what a file is; `null` for what they don't play. */
const TYPES: Record<`.${Container}`, string | null> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.mkv': null,
  '.webm': null,
  '.mxf': null,
};

/** `null` when it is not of a kind that browsers play. */
export function mediaType(path: string): string | null {
  const types: Readonly<Record<string, string | null>> = TYPES;
  return types[extname(path).toLowerCase()] ?? null;
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
