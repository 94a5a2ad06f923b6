import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from './bounded-fs.ts';
import { isSameFile } from './open-path.ts';
import { errorCode } from './system-error.ts';

const ROOT = 0;

/**
 * Opens a file for reading, and nothing that could block for ever or never end.
 *
 * @throws the system's error; an Error with a sentence for a directory, FIFO, socket or device.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  return openAsRegular(path, 0);
}

/**
 * The same for an entry of a folder that others write to: a symbolic link could lead to what they may not read themselves.
 *
 * @throws as {@link openRegular} does; an Error with a sentence for a symbolic link.
 */
export async function openEntry(path: string): Promise<FileHandle> {
  return openAsRegular(path, constants.O_NOFOLLOW).catch((error: unknown) => {
    throw errorCode(error) === 'ELOOP' ? new Error('it is a symbolic link') : error;
  });
}

/**
 * The same for a file that somebody has named on the command line. His own links are followed, and those of the system; one of another user
 * would decide what is read with rights that this user doesn't have.
 *
 * @throws as {@link openRegular} does; an Error with a sentence for another user's link.
 */
export async function openNamed(path: string): Promise<FileHandle> {
  const file = await openRegular(path);
  try {
    const [entry, opened] = [
      await lstat(path, { bigint: true }),
      await file.stat({ bigint: true }),
    ];
    const trusted = [process.geteuid?.(), ROOT, Number(opened.uid)];
    if (!isSameFile(entry, opened) && !entry.isSymbolicLink())
      throw new Error('somebody has replaced it');
    if (entry.isSymbolicLink() && !trusted.includes(Number(entry.uid)))
      throw new Error("it is another user's symbolic link");
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openAsRegular(path: string, flags: number): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  try {
    if ((await file.stat()).isFile()) return file;
    throw new Error('it is not a regular file');
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Reads a file whole, unless it is larger than it may be.
 *
 * @param open `openEntry` in a folder that others write to.
 * @throws as that does; an Error with a sentence for a larger one.
 */
export async function readWhole(
  path: string,
  mostBytes: number,
  open = openRegular,
): Promise<Buffer> {
  const file = await open(path);
  try {
    if ((await file.stat()).size > mostBytes)
      throw new Error(`it is larger than it may be (${mostBytes} bytes)`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
