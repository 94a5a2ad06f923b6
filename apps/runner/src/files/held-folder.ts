import { constants } from 'node:fs';
import { join } from 'node:path';
import { mkdir, open, readdir, rm, rmdir, type FileHandle } from './bounded-fs.ts';
import { forgetPathOf, pathOfOpen } from './open-path.ts';

/** Rights of everybody but the owner. */
const OTHERS = 0o077;

/** Linux' own, which Node doesn't name: a folder is held, and nothing of it is read. No more rights are needed than for its files. */
const O_PATH = 0o10000000;

/** A folder that is held open: its files are reached though somebody moves it away or puts another in its place. */
export class HeldFolder {
  private constructor(
    private readonly name: string,
    /** For this process and its programs. */
    readonly path: string,
    private readonly handle: FileHandle | null,
    /** Nobody else may look into it, as the system says. */
    readonly isPrivate: boolean,
    /** What was made in it. */
    private readonly files: readonly string[] = [],
  ) {}

  /**
   * Makes a folder that only this user may enter, with empty files in it.
   *
   * @throws the system's error; an Error with a sentence when another user has put one in its place.
   */
  static async make(name: string, files: readonly string[]): Promise<HeldFolder> {
    await mkdir(name, 0o700);
    const folder = await HeldFolder.open(name);
    try {
      for (const file of files) await folder.#create(file);
      return new HeldFolder(name, folder.path, folder.handle, folder.isPrivate, files);
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  /** @throws the system's error, also for a link to a folder. */
  static async open(name: string): Promise<HeldFolder> {
    // Windows can't open folders.
    if (process.platform === 'win32') return new HeldFolder(name, name, null, false);
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    const mode = process.platform === 'linux' ? O_PATH : O_RDONLY;
    const handle = await open(name, mode | O_DIRECTORY | O_NOFOLLOW);
    const isPrivate = ((await handle.stat()).mode & OTHERS) === 0;
    return new HeldFolder(name, await pathOfOpen(handle, name), handle, isPrivate);
  }

  /** Whether {@link path} leads to this very folder, whatever becomes of its name: not every system has such paths. */
  get isHeld(): boolean {
    return this.path !== this.name;
  }

  entry(name: string): string {
    return join(this.path, name);
  }

  /**
   * Removes files of it, then the folder if nothing else is in it, and lets it go. Somebody may have put a folder with other files in
   * its place before it was opened.
   *
   * @throws the system's error.
   */
  async remove(
    isOurs: (name: string) => boolean = (name) => this.files.includes(name),
  ): Promise<void> {
    try {
      for (const name of await readdir(this.path))
        if (isOurs(name)) await rm(this.entry(name), { force: true });
    } finally {
      await this.close();
    }
    await rmdir(this.name);
  }

  async close(): Promise<void> {
    if (this.handle === null) return;
    forgetPathOf(this.handle);
    await this.handle.close();
  }

  /** Whatever users a share shows, those of a folder and of a file in it are the same where one user has made both. */
  async #create(name: string) {
    const file = await open(this.entry(name), 'wx', 0o600);
    try {
      const [here, folder] = [await file.stat(), await this.handle?.stat()];
      if (folder !== undefined && here.uid !== folder.uid)
        throw new Error(`another user (${folder.uid}) has replaced the folder ${this.name}`);
    } finally {
      await file.close();
    }
  }
}
