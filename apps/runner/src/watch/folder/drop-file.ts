import { join } from 'node:path';
import type { FileHandle } from '../../files/index.ts';
import { publishFile } from '../../job/index.ts';
import { beforeStopping } from '../../process/before-stopping.ts';

/** Its owner may write, everybody may read: `rw-r--r--`. */
const READABLE = 0o644;

/**
 * Puts a file into a folder: whole, durable, and never over another one. A signal to stop takes effect after it.
 *
 * @returns its path.
 * @throws JobFailure `OutputCollisionError` when the name is taken; the system's error. Then nothing of it is left.
 */
export async function dropFile(bytes: Uint8Array, folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await beforeStopping(() => publishFile(path, bytes, { prepare: letOthersRead }));
  return path;
}

/**
 * The runner is often another user, and the submitter's umask may be 077. Who gets as far as the file is for the folder's own
 * rights to say. A filesystem without such rights decides for itself.
 */
async function letOthersRead(file: FileHandle) {
  await file.chmod(READABLE).catch(() => undefined);
}
