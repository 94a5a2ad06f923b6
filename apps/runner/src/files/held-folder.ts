import { constants } from 'node:fs';
import { join } from 'node:path';
import { mkdir, open, readdir, rm, rmdir, type FileHandle } from './bounded-fs.ts';
import { withNames } from './open-names.ts';
import { openTo } from './own-file.ts';
import { forgetPathOf, O_PATH, pathOfOpen } from './open-path.ts';

/** Rights of all users. */
const RIGHTS = 0o777;

/** A file that is removed at once. */
const TRIAL = '.trial';

/** Rights that others have nothing of. */
const [OF_FOLDER, OF_FILE] = [0o700, 0o600];

/** A folder that is held open: its files are reached though somebody moves it away or puts another in its place. */
export class HeldFolder {
  private constructor(
    private readonly name: string,
    /** For this process and its programs. */
    readonly path: string,
    private readonly handle: FileHandle | null,
    /** What was made in it. */
    private readonly files: readonly string[] = [],
    /** Who else may write to it though it was made for this user alone, as the system says, in words; `null` when nobody may. */
    readonly openTo: string | null = null,
  ) {}

  /**
   * Makes a folder that only this user may enter, with empty files in it, if any, and nothing else.
   *
   * @throws the system's error; an Error with a sentence when somebody has put another in its place.
   */
  static async make(name: string, files: readonly string[]): Promise<HeldFolder> {
    await mkdir(name, OF_FOLDER);
    const folder = await HeldFolder.open(name);
    try {
      if ((await readdir(folder.path)).length > 0) throw replaced(name);
      for (const file of files) await folder.#create(file);
      if (files.length === 0) await folder.#try();
      const { path, handle } = folder;
      return new HeldFolder(name, path, handle, files, handle && (await openTo(handle)));
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  /** @throws the system's error, also for a link to a folder. */
  static async open(name: string): Promise<HeldFolder> {
    // Windows can't open folders.
    if (process.platform === 'win32') return new HeldFolder(name, name, null);
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    const mode = process.platform === 'linux' ? O_PATH : O_RDONLY;
    const handle = await open(name, mode | O_DIRECTORY | O_NOFOLLOW);
    return new HeldFolder(name, await pathOfOpen(handle, name), handle);
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

  /** Only a file shows what a share makes of users and rights. */
  async #try() {
    await this.#create(TRIAL);
    await rm(this.entry(TRIAL));
  }

  /**
   * Whatever users a share shows, those of a folder and of a file in it are the same where one user has made both; and where a file
   * has the rights that it is given, so has the folder.
   */
  async #create(name: string) {
    const file = await open(this.entry(name), 'wx', OF_FILE);
    try {
      const [here, folder] = [await file.stat(), await this.handle?.stat()];
      if (folder === undefined) return;
      const isPrivate = (folder.mode & RIGHTS) === OF_FOLDER;
      if (here.uid === folder.uid && (isPrivate || !(await keepsRights(file)))) return;
      await rm(this.entry(name), { force: true });
      throw replaced(this.name);
    } finally {
      await file.close();
    }
  }
}

function replaced(name: string): Error {
  return new Error(`somebody has replaced the folder ${withNames(name)}`);
}

/** Two rights are tried: CIFS and exFAT may show the same ones for every file. The last is what it was made with. */
async function keepsRights(file: FileHandle): Promise<boolean> {
  for (const rights of [0o700, OF_FILE]) {
    await file.chmod(rights).catch(() => undefined);
    if (((await file.stat()).mode & RIGHTS) !== rights) return false;
  }
  return true;
}
