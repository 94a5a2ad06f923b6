import { createXXHash64 } from 'hash-wasm';
import { open } from '../files/patient-fs.ts';

const PART_BYTES = 4 * 1024 * 1024;

/** A file's XXH64, as 16 hexadecimal digits, and what its system said of it then. */
export interface HashedFile {
  xxh64: string;
  bytes: number;
  modifiedAt: Date;
}

/**
 * Reads a file once, in parts.
 *
 * @param onRead told the bytes of each part.
 * @throws the system's error, or an Error when the file changed meanwhile.
 */
export async function hashFile(path: string, onRead: (bytes: number) => void): Promise<HashedFile> {
  const hasher = (await createXXHash64()).init();
  const buffer = Buffer.alloc(PART_BYTES);
  const file = await open(path, 'r');
  try {
    const before = await file.stat();
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PART_BYTES, null);
      if (bytesRead === 0) break;
      hasher.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      onRead(bytesRead);
    }
    const after = await file.stat();
    if (bytes !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new Error('it changed while it was read');
    return { xxh64: hasher.digest('hex'), bytes, modifiedAt: after.mtime };
  } finally {
    await file.close();
  }
}
