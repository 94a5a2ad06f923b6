import { join } from 'node:path';
import { isMadeFile } from '@app/engines';
import { JobFailure, parseJobSpec, type JobReading, type JobResult } from '@app/jobspec';
import {
  HeldFolder,
  lstat,
  NoAnswerError,
  StorageDeadline,
  rm,
  withDeadline,
} from '../../files/index.ts';
import { ClipJournal, interrupted } from '../../job/index.ts';
import { ResultDraft } from '../../results/index.ts';
import { timestamp } from '../../text/index.ts';
import { readJobFile, type WatchFolder } from '../folder/index.ts';

/** How long a share that holds leftovers may take to answer, in seconds. */
const LEFTOVER_SECONDS = 5;

/**
 * The result of a job that a runner was making when it died: the clips that its journal has. What it left half done is removed.
 *
 * @throws the system's error when the job can't be read.
 */
export async function interruptedResult(folder: WatchFolder, name: string): Promise<JobResult> {
  const path = join(folder.running, name);
  const { reading } = await readJobFile(path);
  const draft = new ResultDraft({ name, path, reading, workerId: null });
  acceptIfValid(draft, reading);
  const { clips, leftovers } = await new ClipJournal(folder.journals, name).read();
  await withDeadline(new StorageDeadline(LEFTOVER_SECONDS), async () => {
    for (const leftover of leftovers) await removeLeftover(leftover);
  });
  draft.clips.push(...clips);
  draft.engine = clips[0]?.engine ?? null;
  const _recovery = {
    reason: 'runner interrupted',
    recovered_at: timestamp(new Date()),
    original_path: path,
  };
  const { _metadata, ...facts } = draft.finish(interrupted());
  return { ...facts, _recovery, _metadata };
}

/** What lies on storage that does not answer stays there: the job's end doesn't wait for it. */
async function removeLeftover(path: string) {
  await removeFlat(path).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw error;
  });
}

/** What else is in a folder of that name isn't ours: somebody may have moved another folder there. */
async function removeFlat(path: string) {
  const there = await lstat(path).catch(() => null);
  if (!there?.isDirectory()) return rm(path, { force: true });
  const folder = await HeldFolder.open(path);
  await folder.remove(isMadeFile).catch(() => undefined);
}

/** Says what can be said of an interrupted job; whether its JobSpec was valid doesn't change how it ends. */
function acceptIfValid(draft: ResultDraft, reading: JobReading) {
  try {
    draft.accept(parseJobSpec(reading));
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
  }
}
