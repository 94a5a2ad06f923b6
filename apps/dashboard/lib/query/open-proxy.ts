import type { JobReference } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import type { OpenFile } from '../reading/file-in-place.ts';
import { mediaType, openMedia } from '../reading/media-file.ts';
import { clipReferred } from './clip-rows.ts';

/**
 * Opens the proxy of a clip that the index knows of: an address says which one, never where it lies.
 * @param clip its place among the sources of the job, from 0
 */
export async function openProxy(
  index: WatchIndex,
  reference: JobReference,
  clip: number,
): Promise<(OpenFile & { type: string }) | null> {
  const found = clipReferred(index, reference, clip);
  if (found?.status !== 'COMPLETED') return null;
  const type = mediaType(found.output_path);
  const opened =
    type === null ? null : await openMedia(index.settings.mediaRoots, found.output_path);
  return opened === null || type === null ? null : { ...opened, type };
}
