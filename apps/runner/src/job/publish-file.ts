import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type FileHandle, type FileIdentity, rm, writeSynced } from '../files/index.ts';
import { publish } from './publish.ts';

/**
 * Writes a file whole and durably under a name that nothing has.
 *
 * @param prepare what else is done to it before it has its name.
 * @throws JobFailure `OutputCollisionError` when the name is taken; the system's error. Then nothing of it is left.
 */
export async function publishFile(
  path: string,
  data: string | Uint8Array,
  prepare?: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    let identity: FileIdentity | undefined;
    await writeSynced(temporary, data, async (file) => {
      await prepare?.(file);
      identity = await file.stat({ bigint: true });
    });
    if (identity) await publish({ path: temporary, identity }, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
