import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { syncDirectory } from '../../files/durable-file.ts';
import { exists } from '../../files/exists.ts';
import type { ClaimGate } from './claim-gate.ts';
import type { CompletenessWatch } from './completeness.ts';
import { readJobBytes, type JobFile } from '../folder/job-file.ts';
import { resultNameOf } from '@app/jobspec/folder';
import type { WatchFolder } from '../folder/watch-folder.ts';

/** How often a claimed file that is being rewritten is looked at again, in seconds. */
const REWRITE_POLL_SECONDS = 0.2;

export interface ClaimedJob {
  name: string;
  /** In `running/`. */
  path: string;
  file: JobFile;
}

/** Whether `running/` still holds a job or a result of this name, from this run or an earlier one. */
export async function isNameBusy(folder: WatchFolder, name: string): Promise<boolean> {
  return (
    (await exists(join(folder.running, name))) ||
    (await exists(join(folder.running, resultNameOf(name))))
  );
}

/**
 * Takes a job: one atomic rename out of `pending/`. Its bytes are the ones that were judged complete; where a writer
 * rewrites the file at the very moment of the claim, the claimed file is waited for until it is complete again.
 *
 * @returns `null` when the file isn't complete yet, or its output filesystem is full.
 * @throws the system's error, `ENOENT` when the file is gone; the job is then still in `pending/`.
 */
export async function claimJob(
  folder: WatchFolder,
  name: string,
  completeness: CompletenessWatch,
  gate: ClaimGate,
): Promise<ClaimedJob | null> {
  const pendingPath = join(folder.pending, name);
  const judged = await completeness.readWhenComplete(pendingPath);
  if (judged === null || !(await gate.admits(outputDirectoryIn(judged)))) return null;
  const path = join(folder.running, name);
  await rename(pendingPath, path);
  return { name, path, file: await makeSure(folder, path, judged, completeness) };
}

/** Where a job wants to write, as far as that can be said before it is validated. */
function outputDirectoryIn({ reading }: JobFile): string | null {
  const { output_directory } = reading.fields;
  return typeof output_directory === 'string' ? output_directory : null;
}

/** Once a job is claimed it must be worked on: storage that fails now will stop the writing of its result, not lose it. */
async function makeSure(
  folder: WatchFolder,
  path: string,
  judged: JobFile,
  completeness: CompletenessWatch,
): Promise<JobFile> {
  try {
    await syncDirectory(folder.running);
    await syncDirectory(folder.pending);
    return await readClaimed(path, judged, completeness);
  } catch {
    return judged;
  }
}

async function readClaimed(path: string, judged: JobFile, completeness: CompletenessWatch) {
  if ((await readJobBytes(path)).sha256 === judged.sha256) return judged;
  for (;;) {
    const complete = await completeness.readWhenComplete(path);
    if (complete !== null) return complete;
    await sleep(REWRITE_POLL_SECONDS * 1000);
  }
}
