import { JOB_STATES } from '@app/jobspec/folder';
import { basename, join } from 'node:path';
import type { JobReference, JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { fileOf, FILES } from '../reading/pair.ts';
import { pairNow, readEntry } from '../reading/read-entry.ts';
import { statsNow } from '../reading/read-listed-file.ts';

/** Of a job that the index does not have: no clip is found by it. */
export const UNREAD_ID = -1;

/**
 * A job that the index does not have yet, read for whoever asks for it: of many jobs the first reading takes minutes.
 * @returns `null` when no such job lies there
 */
export async function unreadJob(
  index: WatchIndex,
  { folder: called, state: written, name }: JobReference,
): Promise<JobRow | null> {
  const folder = index.folder(called);
  const state = JOB_STATES.find((candidate) => candidate === written);
  const found = basename(name) === name ? fileOf(name) : null;
  if (folder === null || state === undefined || found?.file !== FILES.job) return null;
  const path = join(/* turbopackIgnore: true */ folder.path, state);
  // As the indexer has it: a link to another folder is not followed.
  if ((await statsNow(path))?.isDirectory() !== true) return null;
  const place = { folder: folder.name, state, path };
  const pair = await pairNow(place, found.base);
  if (!pair.hasJob && !pair.hasResult) return null;
  const entry = await readEntry(place, pair, Infinity);
  if (typeof entry === 'string') return null;
  const { facts, hasJob, hasResult } = entry;
  return {
    ...facts,
    id: UNREAD_ID,
    folder: folder.name,
    state,
    name,
    clip: null,
    clips_open: null,
    hasJob,
    hasResult,
  };
}
