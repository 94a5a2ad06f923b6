import { open, rm, type FileHandle } from './bounded-fs.ts';
import { errorCode } from './system-error.ts';

/** Rights to write, of everybody but the owner. */
const OTHERS_WRITE = 0o022;

/** A file that was just made. */
export interface OwnFile {
  file: FileHandle;
  /** The rights that files get in this place, where others may write to them: it gets these when it is whole. */
  rights: number | null;
  /** Who else may write to it all the same, as the system says, in words; `null` when nobody may. */
  openTo: string | null;
}

/**
 * Makes an empty file that nobody else can write to, as far as its system keeps rights: they are read back.
 *
 * @returns `null` when the name is taken.
 * @throws the system's error.
 */
export async function createOwnFile(path: string): Promise<OwnFile | null> {
  const usual = await create(path, 0o666);
  if (usual === null) return null;
  const { mode } = await usual.stat();
  if ((mode & OTHERS_WRITE) === 0)
    return { file: usual, rights: null, openTo: await openTo(usual) };
  // Made anew, not changed: somebody may have opened the first one already.
  await usual.close();
  await rm(path, { force: true });
  const file = await create(path, 0o600);
  return file && { file, rights: mode & 0o777, openTo: await openTo(file) };
}

/** @returns `null` when the name is taken. */
async function create(path: string, rights: number): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx+', rights);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/**
 * Who else may write to an open file or folder of ours, in words; `null` when nobody may. CIFS, exFAT and NFS may give it another owner
 * and other rights than it was asked for.
 *
 * @throws the system's error.
 */
export async function openTo(file: FileHandle): Promise<string | null> {
  const user = process.geteuid?.();
  const { uid, mode } = await file.stat();
  if (user === undefined) return null;
  if (uid !== user) return `its files belong to user ${uid}, not to the runner's (${user})`;
  if ((mode & OTHERS_WRITE) !== 0)
    return `everybody may write to its files (rights ${(mode & 0o777).toString(8)})`;
  return null;
}
