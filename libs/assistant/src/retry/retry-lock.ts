import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { closingOnFailure, errorFact, open, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';

/** Two retries at once would submit the same clips. @throws Refusal */
export async function lockRetries(folder: WatchFolder) {
  const path = join(folder.own, 'retry.lock');
  const file = await open(path, 'a').catch((error: unknown) => {
    throw new Refusal('folder', `${path} can't be opened: ${errorFact(error)}.`);
  });
  return closingOnFailure(file, async () => {
    if (tryLock(file.fd)) return file;
    const sentence = `Another retry is at work on ${folder.root}. Wait until it has ended.`;
    throw new Refusal('failed', sentence);
  });
}
