import { createXXHash64, type IHasher } from 'hash-wasm';
import { open } from './patient-fs.ts';

const PART_BYTES = 1024 * 1024;

/** A file's XXH64, as 16 hexadecimal digits, and what its system said of it then. */
export interface HashedFile {
  xxh64: string;
  bytes: number;
  modifiedAt: Date;
}

/** A file grew or was cut while it was read. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';

  constructor() {
    super('it changed while it was read');
  }
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
   * @throws the system's error, or FileChangedError.
   */
  async hash(path: string, onRead: (bytes: number) => void): Promise<HashedFile> {
    this.hasher.init();
    const file = await open(path, 'r');
    try {
      let bytes = 0;
      for (;;) {
        const { bytesRead } = await file.read(this.#buffer, 0, PART_BYTES, null);
        if (bytesRead === 0) break;
        this.hasher.update(this.#buffer.subarray(0, bytesRead));
        bytes += bytesRead;
        onRead(bytesRead);
      }
      // Shares may tell a time late; a size doesn't change by itself.
      const { size, mtime } = await file.stat();
      if (bytes !== size) throw new FileChangedError();
      return { xxh64: this.hasher.digest('hex'), bytes, modifiedAt: mtime };
    } finally {
      await file.close();
    }
  }
}
