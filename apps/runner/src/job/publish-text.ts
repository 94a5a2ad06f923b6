import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { open, rm } from '../files/index.ts';
import { publish } from './staging.ts';

/**
 * Writes a file whole and durably under a name that nothing has.
 *
 * @throws JobFailure `OutputCollisionError` when the name is taken; the system's error.
 */
export async function publishText(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary, path, async () => undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
