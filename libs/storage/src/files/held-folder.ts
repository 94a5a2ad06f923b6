import { type BigIntStats, constants } from 'node:fs';
import { join } from 'node:path';
import {
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rm,
  rmdir,
  stat,
  type FileHandle,
} from './bounded-fs.ts';
import { errorCode, forgetName, rememberName, withNames } from './system-error.ts';
import { closing, closingOnFailure } from './closing.ts';

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
    return closingOnFailure(await HeldFolder.open(name), async (folder) => {
      if ((await readdir(folder.path)).length > 0) throw replaced(name);
      for (const file of files) await folder.#create(file);
      if (files.length === 0) await folder.#try();
      const { path, handle } = folder;
      return new HeldFolder(name, path, handle, files, handle && (await openTo(handle)));
    });
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
    await closing(await open(this.entry(name), 'wx', OF_FILE), async (file) => {
      const [here, folder] = [await file.stat(), await this.handle?.stat()];
      if (folder === undefined) return;
      const isPrivate = (folder.mode & RIGHTS) === OF_FOLDER;
      if (here.uid === folder.uid && (isPrivate || !(await keepsRights(file)))) return;
      await rm(this.entry(name), { force: true });
      throw replaced(this.name);
    });
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

/** Linux' own, which Node doesn't name: something is held, and nothing of it is read. For a folder no more rights are needed than for its files. */
export const O_PATH = 0o10000000;

/**
 * A path that leads to an open file or folder itself, for this process and the programs it starts, whatever becomes of the
 * name that it was opened by: nobody can put a link in its place.
 *
 * @param name that it was opened by.
 * @returns `name` where the system has no such paths, or doesn't let this process use its own: Linux has them in `/proc`.
 */
export async function pathOfOpen(file: FileHandle, name: string): Promise<string> {
  if (process.platform !== 'linux') return name;
  const path = `/proc/${process.pid}/fd/${file.fd}`;
  const [here, there] = await Promise.all([
    file.stat({ bigint: true }),
    stat(path, { bigint: true }).catch(() => null),
  ]);
  if (there === null || !isSameFile(here, there)) return name;
  rememberName(path, name);
  return path;
}

/** The file is about to be closed. */
export function forgetPathOf(file: FileHandle): void {
  forgetName(`/proc/${process.pid}/fd/${file.fd}`);
}

/** What tells a file from all others of its system, as long as it is there. */
export interface FileIdentity {
  dev: bigint;
  ino: bigint;
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/** Rights to write, of everybody but the owner. */
const OTHERS_WRITE = 0o022;

/** A file that was just made. */
export interface OwnFile {
  file: FileHandle;
  /** The rights that files get in this place, where others may write to them: it gets these when it is whole. */
  rights: number | null;
  /** Who else may write to it all the same, as the system says, in words; `null` when nobody may. */
  openTo: string | null;
}

/**
 * Makes an empty file that nobody else can write to, as far as its system keeps rights: they are read back.
 *
 * @returns `null` when the name is taken.
 * @throws the system's error.
 */
export async function createOwnFile(path: string): Promise<OwnFile | null> {
  const usual = await create(path, 0o666);
  if (usual === null) return null;
  const { mode } = await usual.stat();
  if ((mode & OTHERS_WRITE) === 0)
    return { file: usual, rights: null, openTo: await openTo(usual) };
  // Made anew, not changed: somebody may have opened the first one already.
  await usual.close();
  await rm(path, { force: true });
  const file = await create(path, 0o600);
  return file && { file, rights: mode & 0o777, openTo: await openTo(file) };
}

/** @returns `null` when the name is taken. */
async function create(path: string, rights: number): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx+', rights);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/**
 * Who else may write to an open file or folder of ours, in words; `null` when nobody may. CIFS, exFAT and NFS may give it another owner
 * and other rights than it was asked for.
 *
 * @throws the system's error.
 */
export async function openTo(file: FileHandle): Promise<string | null> {
  const user = process.geteuid?.();
  const { uid, mode } = await file.stat();
  if (user === undefined) return null;
  if (uid !== user) return `its files belong to user ${uid}, not to the runner's (${user})`;
  if ((mode & OTHERS_WRITE) !== 0)
    return `everybody may write to its files (rights ${(mode & 0o777).toString(8)})`;
  return null;
}

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
