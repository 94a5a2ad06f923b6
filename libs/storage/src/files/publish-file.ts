import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { FileIdentity } from './held-folder.ts';
import { type FileHandle, rm } from './bounded-fs.ts';
import { writeSynced } from './durable-file.ts';
import { publish } from './publish.ts';

/** How a file is written. */
interface Publishing {
  /** What else is done to it before it has its name. */
  prepare?: (file: FileHandle) => Promise<void>;
  /** Its name until then, in the same directory; one that nobody else has when left out. */
  temporary?: string;
}

/**
 * Writes a file whole and durably under a name that nothing has.
 *
 * @throws JobFailure `OutputCollisionError` when the name is taken; the system's error. Then nothing of it is left.
 */
export async function publishFile(
  path: string,
  data: string | Uint8Array | Iterable<string>,
  { prepare, temporary = join(dirname(path), `.${randomUUID()}.tmp`) }: Publishing = {},
): Promise<void> {
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
