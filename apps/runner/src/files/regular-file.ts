import { constants } from 'node:fs';
import { open, type FileHandle } from './bounded-fs.ts';

/**
 * Opens a file for reading, and nothing that could block for ever or never end.
 *
 * @throws the system's error; an Error with a sentence for a directory, FIFO, socket or device.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
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
 * @throws as {@link openRegular} does; an Error with a sentence for a larger one.
 */
export async function readWhole(path: string, mostBytes: number): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    if ((await file.stat()).size > mostBytes)
      throw new Error(`it is larger than it may be (${mostBytes} bytes)`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
