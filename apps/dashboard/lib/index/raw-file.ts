import { open, type FileHandle } from 'node:fs/promises';
import { NO_FOLLOW_FLAGS } from './file-in-place.ts';
import { stampOf, type Stamp } from './read-listed-file.ts';

/** File to stream unchanged. It may be 64 MiB large, so it is read again in chunks rather than kept. */
export interface RawFile {
  path: string;
  stamp: Stamp;
  bytes: number;
  isJson: boolean;
}

const CHUNK_BYTES = 2 ** 16;
const BOM = [0xef, 0xbb, 0xbf];

/** Streams a file without its byte order mark, or the text `null` if it isn't JSON or has changed since it was read. */
export async function* jsonOf(shown: RawFile | null): AsyncGenerator<string | Uint8Array> {
  const file = shown?.isJson === true ? await openSame(shown) : null;
  if (shown === null || file === null) yield 'null';
  else yield* piecesOf(file, shown.bytes);
}

async function* piecesOf(file: FileHandle, bytes: number): AsyncGenerator<Uint8Array> {
  try {
    for (let at = 0; at < bytes;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), { position: at });
      if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
      const isMarked = at === 0 && BOM.every((byte, index) => buffer[index] === byte);
      yield buffer.subarray(isMarked ? BOM.length : 0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function openSame({ path, stamp }: RawFile): Promise<FileHandle | null> {
  const file = await open(/* turbopackIgnore: true */ path, NO_FOLLOW_FLAGS).catch(() => null);
  const stats = await file?.stat().catch(() => null);
  if (file === null || (stats && stampOf(stats) === stamp)) return file;
  await file.close();
  return null;
}
