import { constants } from 'node:fs';
import { createXXHash64, type IHasher } from 'hash-wasm';
import { type FileHandle, lstat, open } from './bounded-fs.ts';
import { isSameFile } from './held-folder.ts';
import { errorCode } from './system-error.ts';
import { closing, closingOnFailure } from './closing.ts';

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
  return closing(await open(path), async (file) => {
    if ((await file.stat()).size > mostBytes)
      throw new Error(`it is larger than it may be (${mostBytes} bytes)`);
    return file.readFile();
  });
}

/** A file grew or was cut while it was read. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';

  constructor() {
    super('it changed while it was read');
  }
}

/** What a system says of a file that was read to its end. */
export interface ReadFile {
  bytes: number;
  modifiedAt: Date;
}

/**
 * Reads a file to its end.
 *
 * @param buffer that all parts come in, one after the other.
 * @param onPart told each part.
 * @throws as {@link openRegular} does; FileChangedError.
 */
export async function readParts(
  path: string,
  buffer: Buffer,
  onPart: (part: Uint8Array) => void,
): Promise<ReadFile> {
  return closing(await openRegular(path), (file) => readOpenParts(file, buffer, onPart));
}

/** The same of a file that is open, from its start. @throws the system's error; FileChangedError. */
export async function readOpenParts(
  file: FileHandle,
  buffer: Buffer,
  onPart: (part: Uint8Array) => void,
): Promise<ReadFile> {
  const bytes = await readUpTo(file, Infinity, buffer, onPart);
  // Shares may tell a time late; a size doesn't change by itself.
  const { size, mtime } = await file.stat();
  if (bytes !== size) throw new FileChangedError();
  return { bytes, modifiedAt: mtime };
}

/** The same of as many bytes, whatever is appended meanwhile. @returns how many there were. @throws the system's error. */
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

/** A file's XXH64, as 16 hexadecimal digits, and what its system said of it then. */
export interface HashedFile extends ReadFile {
  xxh64: string;
}

/** What hashes one file after the other. */
interface FileHasher {
  hasher: IHasher;
  buffer: Buffer;
}

/** One that nobody uses now: its buffer is large beside what else a short clip takes. */
let idle: FileHasher | null = null;

/**
 * Reads an open file once, in parts.
 *
 * @param onRead told the bytes of each part.
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
  // After an error it isn't used again: a read that nobody waits for any more may yet write to its buffer.
  idle = own;
  return { ...file, xxh64 };
}

async function freeHasher(): Promise<FileHasher> {
  const free = idle;
  idle = null;
  return free ?? { hasher: await createXXHash64(), buffer: Buffer.allocUnsafe(PART_BYTES) };
}
