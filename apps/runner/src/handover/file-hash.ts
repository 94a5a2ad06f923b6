import { createXXHash64, type IHasher } from 'hash-wasm';
import { open } from '../files/patient-fs.ts';

const PART_BYTES = 4 * 1024 * 1024;

/** A file's XXH64, as 16 hexadecimal digits, and what its system said of it then. */
export interface HashedFile {
  xxh64: string;
  bytes: number;
  modifiedAt: Date;
}

/** Computes hashes of files, one after the other, with one buffer. */
export class FileHasher {
  readonly #buffer = Buffer.allocUnsafe(PART_BYTES);

  private constructor(private readonly hasher: IHasher) {}

  static async create(): Promise<FileHasher> {
    return new FileHasher(await createXXHash64());
  }

  /**
   * Reads a file once, in parts.
   *
   * @param onRead told the bytes of each part.
   * @throws the system's error, or an Error when the file changed meanwhile.
   */
  async hash(path: string, onRead: (bytes: number) => void): Promise<HashedFile> {
    this.hasher.init();
    const file = await open(path, 'r');
    try {
      const before = await file.stat();
      let bytes = 0;
      for (;;) {
        const { bytesRead } = await file.read(this.#buffer, 0, PART_BYTES, null);
        if (bytesRead === 0) break;
        this.hasher.update(this.#buffer.subarray(0, bytesRead));
        bytes += bytesRead;
        onRead(bytesRead);
      }
      const after = await file.stat();
      if (bytes !== before.size || after.mtimeMs !== before.mtimeMs)
        throw new Error('it changed while it was read');
      return { xxh64: this.hasher.digest('hex'), bytes, modifiedAt: after.mtime };
    } finally {
      await file.close();
    }
  }
}
