import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { FileIdentity } from './open-directory.ts';
import { type FileHandle, rm } from './bounded-fs.ts';
import { writeSynced } from './durable-file.ts';
import { publish } from './publish.ts';

/** Options of {@link publishFile}. */
interface Publishing {
  /** Called with the file before it gets its name. */
  prepare?: (file: FileHandle) => Promise<void>;
  /** Temporary name in the same directory; a unique one by default. */
  temporary?: string;
  /** See {@link PublishSteps}. */
  mayMoveOn?: boolean;
}

/**
 * Writes a file completely and durably under a free name.
 *
 * @throws JobFailure `OutputCollisionError` if the name is taken; the system's error. In both cases nothing of the file
 * is left.
 */
export async function publishFile(
  path: string,
  data: string | Uint8Array | Iterable<string>,
  { prepare, temporary = join(dirname(path), `.${randomUUID()}.tmp`), mayMoveOn }: Publishing = {},
): Promise<void> {
  try {
    let identity: FileIdentity | undefined;
    await writeSynced(temporary, data, async (file) => {
      await prepare?.(file);
      identity = await file.stat({ bigint: true });
    });
    if (identity) await publish({ path: temporary, identity }, path, { mayMoveOn });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
