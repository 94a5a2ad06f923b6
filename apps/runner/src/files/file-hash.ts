import { createXXHash64, type IHasher } from 'hash-wasm';
import type { FileHandle } from './bounded-fs.ts';
import { readOpenParts, type ReadFile } from './read-parts.ts';

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
