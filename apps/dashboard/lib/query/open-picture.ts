import type { JobReference } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { readPicture } from '../reading/picture-file.ts';
import { clipReferred } from './clip-rows.ts';

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
  const listed = clipReferred(index, reference, clip)?.pictures[picture];
  return folder === null || listed === undefined ? null : readPicture(folder.path, listed.path);
}
