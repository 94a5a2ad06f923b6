import type { JobReference } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { readPicture } from '../reading/picture-file.ts';
import { clipsOfJob } from './clip-rows.ts';
import { jobReferred } from './job-rows.ts';

/**
 * The bytes of a picture that the index knows of: an address says which one, never where it lies.
 * @param clip its place among the sources of the job, from 0
 * @param picture its place among the pictures of the clip, from 0
 */
export async function openPicture(
  index: WatchIndex,
  reference: JobReference,
  clip: number,
  picture: number,
): Promise<Buffer | null> {
  const folder = index.folder(reference.folder);
  const row = jobReferred(index, reference);
  if (folder === null || row === null || !Number.isSafeInteger(clip) || clip < 0) return null;
  const [found] = clipsOfJob(index, row, clip, 1);
  const listed = found?.index === clip ? found.pictures[picture] : undefined;
  return listed === undefined ? null : readPicture(folder.path, listed.path);
}
