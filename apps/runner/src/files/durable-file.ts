import { open, rename, type FileHandle } from './patient-fs.ts';
import { dirname } from 'node:path';

/**
 * Writes a file so that its name never stands for incomplete bytes: temporary name, fsync, rename, fsync of the
 * directory. Both names must be in the same directory.
 *
 * @throws the system's error when any step fails; the old file, if any, is then still whole.
 */
export async function writeDurably(path: string, temporaryPath: string, data: string | Uint8Array) {
  await writeSynced(temporaryPath, 'w', data);
  await rename(temporaryPath, path);
  await syncDirectory(dirname(path));
}

/** Writes a file and makes its bytes durable. @param prepare what else is done to it. */
export async function writeSynced(
  path: string,
  flags: 'w' | 'wx',
  data: string | Uint8Array,
  prepare?: (file: FileHandle) => Promise<void>,
) {
  const file = await open(path, flags);
  try {
    await file.writeFile(data);
    await prepare?.(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames and makes both directories durable. */
export async function moveDurably(from: string, to: string) {
  await rename(from, to);
  await syncDirectory(dirname(to));
  if (dirname(from) !== dirname(to)) await syncDirectory(dirname(from));
}

/** Makes the names in a directory durable. Windows can't open directories and needs no such step. */
export async function syncDirectory(path: string) {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
