import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { filterFiles, type ProxyPlan } from '@app/engines';
import {
  exists,
  isNoSpace,
  lstat,
  MIN_FREE_BYTES,
  NoSpaceFailure,
  open,
  rename,
  rm,
  roomIn,
  stat,
  utimes,
  closing,
  makeDirectory,
} from '@app/storage';

/** Of a folder that everybody may put files into, and nobody may take another's away. */
const STICKY = 0o1000;
const OTHERS_WRITE = 0o022;

/**
 * Writes the tables of a look and the bitmaps of texts that aren't there yet. Their names follow from what is in them, so one that is
 * there is the same one; they stay, for the command of each result names them, with the time of their last use. A table that somebody
 * changes fails the clip’s own proof; nobody else may write there.
 *
 * @throws the system's error; JobFailure where the folder is somebody else's; NoSpaceFailure, before anything is written where there is
 * too little room for a table.
 */
export async function writeTables(video: ProxyPlan['video']): Promise<void> {
  const files = filterFiles(video);
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) await makeFolder(folder);
  for (const { path, maxBytes, content } of files) await write(path, maxBytes, content);
}

/**
 * Where everybody may make folders, another user's would give FFmpeg whatever that user likes. None above it is made: a volume that is gone
 * for a moment must not get a watch folder's mark where it was mounted.
 */
async function makeFolder(path: string): Promise<void> {
  await makeDirectory(path, 0o700);
  if (((await stat(dirname(path))).mode & STICKY) === 0) return;
  const folder = await lstat(path);
  const isOurs = folder.uid === process.geteuid?.() && (folder.mode & OTHERS_WRITE) === 0;
  if (folder.isDirectory() && isOurs) return;
  const error = `${path} belongs to another user, or others may write to it: remove it, or set TMPDIR`;
  throw new JobFailure('engine_stopped_short', { error });
}

async function write(
  path: string,
  maxBytes: number,
  text: () => Iterable<string | Uint8Array>,
): Promise<void> {
  if (await isKept(path)) return;
  const folder = dirname(path);
  if ((await roomIn(folder, MIN_FREE_BYTES.forResults)) < maxBytes)
    throw new NoSpaceFailure(folder);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writePieces(temporary, text());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (isNoSpace(error)) throw new NoSpaceFailure(folder, { cause: error });
    throw error;
  }
}

/** So long after the last result that needs it, it may be deleted: its own age says nothing. */
async function isKept(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => exists(path),
  );
}

async function writePieces(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  await closing(await open(path, 'wx', 0o600), async (file) => {
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  });
}
