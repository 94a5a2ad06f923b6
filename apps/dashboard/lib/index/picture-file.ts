import type { Stats } from 'node:fs';
import { realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { OWN_DIRECTORY } from '@app/jobspec/folder';
import { openInPlace } from './file-in-place.ts';

/** Size limit; a 320-pixel thumbnail is about 20 kB. */
export const PICTURE_BYTES = 2 ** 18;

const MAX_DEPTH = 8;
const START_OF_JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * Local path of a thumbnail listed in a result. The runner's path to the watch folder may differ from ours, so only the part
 * from `.runner/` on is used. `null` unless it is a .jpg below it, at most 8 levels deep, with no hidden or empty path part.
 */
export function picturePath(watchFolder: string, written: string): string | null {
  const parts = written.split(/[/\\]/u);
  const own = parts.lastIndexOf(OWN_DIRECTORY);
  const below = parts.slice(own + 1);
  const isPlain = below.every((part) => part !== '' && !part.startsWith('.') && !/\0/u.test(part));
  if (own < 0 || !isPlain || below.length > MAX_DEPTH) return null;
  if (!/\.jpe?g$/iu.test(below.at(-1) ?? '')) return null;
  return join(/* turbopackIgnore: true */ watchFolder, OWN_DIRECTORY, ...below);
}

/** Reads a thumbnail listed in a result; `null` unless it is a small JPEG and no part of its path is a symbolic link. */
export async function readPicture(watchFolder: string, written: string): Promise<Buffer | null> {
  const root = await realpath(/* turbopackIgnore: true */ watchFolder).catch(() => null);
  const path = root === null ? null : picturePath(root, written);
  const opened = path === null ? null : await openInPlace(path);
  if (opened === null) return null;
  const { file, stats } = opened;
  try {
    return isPictureLike(stats) ? await jpegOf(file, stats.size) : null;
  } finally {
    await file.close();
  }
}

async function jpegOf(file: FileHandle, size: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), { position: 0 });
  return bytesRead === size && buffer.subarray(0, 3).equals(START_OF_JPEG) ? buffer : null;
}

function isPictureLike(stats: Stats): boolean {
  return stats.isFile() && stats.size > START_OF_JPEG.length && stats.size <= PICTURE_BYTES;
}
