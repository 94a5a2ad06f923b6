import type { BigIntStats } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from './bounded-fs.ts';
import { forgetPathOf, O_PATH, pathOfOpen } from './open-path.ts';

/**
 * What a name leads to at one moment, held: it is looked at, read and judged as what it was then, whatever somebody puts in the place of
 * the name. Only Linux can do that. To be held isn't to be opened: no FIFO blocks, and no device begins to work.
 */
export class HeldEntry {
  private constructor(
    /** For this process and its programs. Where nothing can be held it is the name. */
    readonly path: string,
    readonly stats: BigIntStats,
    private readonly handle: FileHandle | null,
    /** Whether the path leads to it whatever becomes of its name. */
    readonly isHeld: boolean,
  ) {}

  /** @throws the system's error. */
  static async open(name: string): Promise<HeldEntry> {
    if (process.platform !== 'linux')
      return new HeldEntry(name, await stat(name, { bigint: true }), null, false);
    const handle = await open(name, O_PATH);
    try {
      const path = await pathOfOpen(handle, name);
      return new HeldEntry(path, await handle.stat({ bigint: true }), handle, path !== name);
    } catch (error) {
      await close(handle);
      throw error;
    }
  }

  /**
   * Where it lies, without links. Of what is held the system tells it; else the name is made real once more.
   *
   * @throws the system's error.
   */
  async place(): Promise<string> {
    return this.isHeld ? readlink(this.path) : realpath(this.path);
  }

  async close(): Promise<void> {
    if (this.handle !== null) await close(this.handle);
  }
}

async function close(handle: FileHandle): Promise<void> {
  forgetPathOf(handle);
  await handle.close();
}
