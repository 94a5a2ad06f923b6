import type { FileHandle } from './bounded-fs.ts';
import { openRegular } from './regular-file.ts';

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
  const file = await openRegular(path);
  try {
    return await readOpenParts(file, buffer, onPart);
  } finally {
    await file.close();
  }
}

/** The same of a file that is open, from its start. @throws the system's error; FileChangedError. */
export async function readOpenParts(
  file: FileHandle,
  buffer: Buffer,
  onPart: (part: Uint8Array) => void,
): Promise<ReadFile> {
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, bytes);
    if (bytesRead === 0) break;
    onPart(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
  // Shares may tell a time late; a size doesn't change by itself.
  const { size, mtime } = await file.stat();
  if (bytes !== size) throw new FileChangedError();
  return { bytes, modifiedAt: mtime };
}
