import { join } from 'node:path';
import { lstat, readdir, rm } from '../../files/index.ts';
import {
  compareNames,
  isResultName,
  isTemporaryResultName,
  jobNameOfResult,
} from '@app/jobspec/folder';
import { ClipJournal } from '../../job/index.ts';
import type { FolderHold, WatchFolder } from '../folder/index.ts';

/** Names of every job and of the job of every result in `running/`, in order. */
export async function namesIn({ running }: WatchFolder): Promise<string[]> {
  const names = await readdir(running);
  const jobs = names.filter((name) => name.endsWith('.json') && !isResultName(name));
  const decided = names.filter(isResultName).map(jobNameOfResult);
  return [...new Set([...jobs, ...decided])].sort(compareNames);
}

/** How JobSpecs are called while they are dropped: see `publishFile`. */
const TEMPORARY = /^\.[0-9a-f-]{36}\.tmp$/;
/** Nobody takes so long to drop one, in milliseconds. */
const LEFT_MS = 60 * 60 * 1000;

/** Removes what a runner that died has begun to write, and a command that was killed while it dropped a JobSpec. */
export async function removeTemporaryFiles({ running, pending }: WatchFolder): Promise<void> {
  const names = await readdir(running);
  for (const name of names.filter(isTemporaryResultName)) await rm(join(running, name));
  for (const name of (await readdir(pending)).filter((one) => TEMPORARY.test(one))) {
    const path = join(pending, name);
    const stats = await lstat(path).catch(() => null);
    // It may be another user's.
    if (stats?.isFile() && Date.now() - stats.mtimeMs > LEFT_MS)
      await rm(path).catch(() => undefined);
  }
}

/** A journal that outlived its job must not be taken for that of the next job with its name. */
export async function removeOldJournals(folder: WatchFolder, hold: FolderHold): Promise<void> {
  for (const name of await readdir(folder.journals)) {
    if (await hold.confirmedMissing(join(folder.running, name)))
      await new ClipJournal(folder.journals, name).remove();
  }
}
