import { createXXHash64, type IHasher } from 'hash-wasm';
import { readParts, type ReadFile } from './read-parts.ts';

const PART_BYTES = 1024 * 1024;

/** A file's XXH64, as 16 hexadecimal digits, and what its system said of it then. */
export interface HashedFile extends ReadFile {
  xxh64: string;
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
   * @throws as {@link readParts} does.
   */
  async hash(path: string, onRead: (bytes: number) => void): Promise<HashedFile> {
    this.hasher.init();
    const file = await readParts(path, this.#buffer, (part) => {
      this.hasher.update(part);
      onRead(part.length);
    });
    return { ...file, xxh64: this.hasher.digest('hex') };
  }
}
