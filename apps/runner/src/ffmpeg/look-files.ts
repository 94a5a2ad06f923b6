import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { JobFailure } from '@app/jobspec';
import type { ClipFiles } from '@app/engines';
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

/** Mode bit of a folder, such as `/tmp`, in which anybody may create files and only their owners may delete them. */
const STICKY = 0o1000;
const OTHERS_WRITE = 0o022;

/**
 * Writes look tables and text bitmaps that are missing. Their names follow from their content, so an existing file is the right one.
 * The files are kept, because the command in each result names them; their modification time is that of their last use. Nobody else may
 * write to the folder, and a clip made with a modified table would fail its comparison.
 *
 * @throws the system's error; JobFailure if the folder is somebody else's; NoSpaceFailure before anything is written if there is too
 * little space for a table.
 */
export const writeTables: ClipFiles['writeTables'] = async (files) => {
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) await makeFolder(folder);
  for (const { path, maxBytes, content } of files) await write(path, maxBytes, content);
};

/**
 * Creates the folder. Where anybody may create files, checks that the folder is ours: another user's folder could give FFmpeg anything.
 * Parents aren't created, so that no watch folder appears at the mount point of a volume that is briefly gone.
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

/** True if the file exists. Renews its modification time, so that people can delete files that have long been unused. */
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
