import { constants } from 'node:fs';
import { createXXHash64, type IHasher } from 'hash-wasm';
import { type FileHandle, lstat, open } from './bounded-fs.ts';
import { isSameFile } from './open-directory.ts';
import { errorCode } from './system-error.ts';
import { closing, closingOnFailure } from './closing.ts';

const ROOT = 0;

/**
 * Opens a regular file for reading; refuses anything that could block or never end.
 *
 * @throws the system's error; an Error with a sentence for a directory, FIFO, socket or device.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  return openAsRegular(path, 0);
}

/**
 * Opens an entry of a folder that others write to. Refuses symbolic links: somebody could plant one to a file that they can't read
 * themselves.
 *
 * @throws as {@link openRegular} does; an Error with a sentence for a symbolic link.
 */
export async function openEntry(path: string): Promise<FileHandle> {
  return openAsRegular(path, constants.O_NOFOLLOW).catch((error: unknown) => {
    throw errorCode(error) === 'ELOOP' ? new Error('it is a symbolic link') : error;
  });
}

/**
 * Opens a file named on the command line. Follows links of this user, of root and of the file's owner: another user's link would choose
 * what is read with this user's permissions.
 *
 * @throws as {@link openRegular} does; an Error with a sentence for another user's link.
 */
export async function openNamed(path: string): Promise<FileHandle> {
  return closingOnFailure(await openRegular(path), async (file) => {
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
  });
}

async function openAsRegular(path: string, flags: number): Promise<FileHandle> {
  const opened = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  return closingOnFailure(opened, async (file) => {
    if ((await file.stat()).isFile()) return file;
    throw new Error('it is not a regular file');
  });
}

/**
 * Reads a whole file, unless it is too large.
 *
 * @param open `openEntry` in a folder that others write to.
 * @throws errors of `open`; an Error with a sentence if the file is too large.
 */
export async function readWhole(
  path: string,
  mostBytes: number,
  open = openRegular,
): Promise<Buffer> {
  return closing(await open(path), async (file) => {
    if ((await file.stat()).size > mostBytes)
      throw new Error(`it exceeds the limit of ${mostBytes} bytes`);
    return file.readFile();
  });
}

/** A file was changed while it was read. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';

  constructor() {
    super('it changed while it was read');
  }
}

/** Size and time of a file that was read to its end. */
export interface ReadFile {
  bytes: number;
  modifiedAt: Date;
}

/**
 * Reads a file to its end.
 *
 * @param buffer reused for all parts.
 * @param onPart called with each part.
 * @throws as {@link openRegular} does; FileChangedError.
 */
export async function readParts(
  path: string,
  buffer: Buffer,
  onPart: (part: Uint8Array) => void,
): Promise<ReadFile> {
  return closing(await openRegular(path), (file) => readOpenParts(file, buffer, onPart));
}

/** Reads an open file from its start to its end. @throws the system's error; FileChangedError. */
export async function readOpenParts(
  file: FileHandle,
  buffer: Buffer,
  onPart: (part: Uint8Array) => void,
): Promise<ReadFile> {
  const bytes = await readUpTo(file, Infinity, buffer, onPart);
  // The time isn't compared: shares may update it late.
  const { size, mtime } = await file.stat();
  if (bytes !== size) throw new FileChangedError();
  return { bytes, modifiedAt: mtime };
}

/** Reads at most `most` bytes from the start, ignoring what is appended meanwhile. @returns number of bytes read. @throws the system's error. */
export async function readUpTo(
  file: FileHandle,
  most: number,
  buffer: Buffer,
  onPart: (part: Uint8Array) => void,
): Promise<number> {
  for (let bytes = 0; ;) {
    const room = Math.min(buffer.length, most - bytes);
    const { bytesRead } = room === 0 ? { bytesRead: 0 } : await file.read(buffer, 0, room, bytes);
    if (bytesRead === 0) return bytes;
    onPart(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}

const PART_BYTES = 1024 * 1024;

/** XXH64 of a file, as 16 hexadecimal digits, with its size and time. */
export interface HashedFile extends ReadFile {
  xxh64: string;
}

/** Hasher with its buffer, for one file at a time. */
interface FileHasher {
  hasher: IHasher;
  buffer: Buffer;
}

/** Idle hasher, reused for its buffer. */
let idle: FileHasher | null = null;

/**
 * Reads and hashes an open file in parts.
 *
 * @param onRead called with the byte count of each part.
 * @throws as {@link readOpenParts} does.
 */
export async function hashOpenFile(
  open: FileHandle,
  onRead: (bytes: number) => void,
): Promise<HashedFile> {
  const own = await freeHasher();
  own.hasher.init();
  const file = await readOpenParts(open, own.buffer, (part) => {
    own.hasher.update(part);
    onRead(part.length);
  });
  const xxh64 = own.hasher.digest('hex');
  // Not reused after an error: an abandoned read may still write to its buffer.
  idle = own;
  return { ...file, xxh64 };
}

async function freeHasher(): Promise<FileHasher> {
  const free = idle;
  idle = null;
  return free ?? { hasher: await createXXHash64(), buffer: Buffer.allocUnsafe(PART_BYTES) };
}
