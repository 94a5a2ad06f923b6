import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ClipOutcome, Thumbnail } from '@app/engines';
import type { ClipPicture } from '@app/jobspec';
import {
  errorCode,
  errorMessage,
  mkdir,
  StorageDeadline,
  rename,
  rm,
  withDeadline,
  writeFile,
} from '../files/index.ts';

/** How long the storage of pictures may take for each call, in seconds: no job waits for them for long. */
const ANSWER_SECONDS = 5;

/** Where pictures of a job's clip go. */
export interface ThumbnailPlace {
  picturesFolder: string | null;
  jobSha256: string;
  /** Position of the clip in the job, from 0. */
  index: number;
  signal: AbortSignal;
}

/**
 * Writes the pictures of a proxy. Names are never used twice, and stand for whole pictures; nothing is synced. What can't be
 * written is a warning.
 */
export async function keepThumbnails(
  { thumbnails = [], warnings }: Pick<ClipOutcome, 'thumbnails' | 'warnings'>,
  { picturesFolder, jobSha256, index, signal }: ThumbnailPlace,
): Promise<{ pictures: ClipPicture[]; warnings: string[] }> {
  const pictures: ClipPicture[] = [];
  if (picturesFolder === null || thumbnails.length === 0 || signal.aborted)
    return { pictures, warnings };
  const clip = String(index).padStart(3, '0');
  const stem = `${jobSha256.slice(0, 16)}-${randomBytes(8).toString('hex')}-${clip}`;
  const keep = async () => {
    await makeFolder(picturesFolder);
    for (const [position, thumbnail] of thumbnails.entries())
      pictures.push(await write(thumbnail, join(picturesFolder, `${stem}-${position + 1}.jpg`)));
  };
  try {
    await withDeadline(new StorageDeadline(ANSWER_SECONDS, signal), keep);
    return { pictures, warnings };
  } catch (error) {
    const warning = `Not all pictures of the proxy are in ${picturesFolder}: ${errorMessage(error)}.`;
    return { pictures, warnings: [...warnings, warning] };
  }
}

/** Not those above it: a volume that is gone must not be made anew. */
async function makeFolder(path: string) {
  await mkdir(path).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

async function write(
  { frame, timecode, size, jpeg }: Thumbnail,
  path: string,
): Promise<ClipPicture> {
  const temporaryPath = `${path}.tmp`;
  try {
    await writeFile(temporaryPath, jpeg, { flag: 'wx' });
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => undefined);
    throw error;
  }
  return { path, frame, timecode, width: size.width, height: size.height };
}
