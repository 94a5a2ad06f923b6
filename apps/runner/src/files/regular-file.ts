import { constants } from 'node:fs';
import { open, type FileHandle } from './bounded-fs.ts';
import { errorCode } from './system-error.ts';

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
