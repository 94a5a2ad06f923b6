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

/** Permission bits of all users. */
const PERMISSIONS = 0o777;

/** Name of a file that is created for a check and removed at once. */
const TRIAL = '.trial';

/** Modes that let only the owner in. */
const [PRIVATE_FOLDER, PRIVATE_FILE] = [0o700, 0o600];

/** Directory that is held open: its files stay reachable even if somebody moves it or replaces its name. */
export class OpenDirectory {
  private constructor(
    private readonly name: string,
    /** Path for this process and its programs. */
    readonly path: string,
    private readonly handle: FileHandle | null,
    /** Files created in it. */
    private readonly files: readonly string[] = [],
  ) {}

  /**
   * Creates a folder that only this user may enter, containing only the given empty files.
   *
   * @throws the system's error; an Error with a sentence if somebody has replaced it.
   */
  static async make(name: string, files: readonly string[]): Promise<OpenDirectory> {
    await mkdir(name, PRIVATE_FOLDER);
    return closingOnFailure(await OpenDirectory.open(name), async (folder) => {
      if ((await readdir(folder.path)).length > 0) throw replaced(name);
      for (const file of files) await folder.#create(file);
      if (files.length === 0) await folder.#try();
      const { path, handle } = folder;
      return new OpenDirectory(name, path, handle, files);
    });
  }

  /** @throws the system's error, also for a link to a folder. */
  static async open(name: string): Promise<OpenDirectory> {
    // Windows can't open folders.
    if (process.platform === 'win32') return new OpenDirectory(name, name, null);
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    const mode = process.platform === 'linux' ? O_PATH : O_RDONLY;
    const handle = await open(name, mode | O_DIRECTORY | O_NOFOLLOW);
    const path = await closingOnFailure(handle, () => pathOfOpen(handle, name));
    return new OpenDirectory(name, path, handle);
  }

  /**
   * True if {@link path} leads to this very folder even if its name is moved or replaced; not every system has such
   * paths.
   */
  get isHeld(): boolean {
    return this.path !== this.name;
  }

  entry(name: string): string {
    return join(this.path, name);
  }

  /**
   * Removes its own files, then the folder if it is empty, and closes it. Other files are kept: somebody may have replaced the folder
   * before it was opened.
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

  /** Checks the folder by a trial file: only a file reveals how a share maps owners and modes. */
  async #try() {
    await this.#create(TRIAL);
    await rm(this.entry(TRIAL));
  }

  /**
   * Creates a file and checks that the folder is ours. A share may report any owner, but reports the same one for a
   * folder and a file that we create. If it keeps modes of files, it also keeps those of folders.
   */
  async #create(name: string) {
    await closing(await open(this.entry(name), 'wx', PRIVATE_FILE), async (file) => {
      const [here, folder] = [await file.stat(), await this.handle?.stat()];
      if (folder === undefined) return;
      const isPrivate = (folder.mode & PERMISSIONS) === PRIVATE_FOLDER;
      if (here.uid === folder.uid && (isPrivate || !(await keepsModes(file)))) return;
      await rm(this.entry(name), { force: true });
      throw replaced(this.name);
    });
  }
}

function replaced(name: string): Error {
  return new Error(`somebody has replaced the folder ${withNames(name)}`);
}

/**
 * True if the file system keeps modes. Tries two modes, because CIFS and exFAT may show the same one for every file;
 * the second restores the original.
 */
async function keepsModes(file: FileHandle): Promise<boolean> {
  for (const mode of [0o700, PRIVATE_FILE]) {
    await file.chmod(mode).catch(() => undefined);
    if (((await file.stat()).mode & PERMISSIONS) !== mode) return false;
  }
  return true;
}

/**
 * Linux's flag that Node doesn't name: holds an entry without opening it for reading. A folder then needs no more
 * permissions than to use its files.
 */
export const O_PATH = 0o10000000;

/**
 * Path to an open file or folder itself, for this process and its programs. Nobody can redirect it, even by moving or
 * replacing the name it was opened by.
 *
 * @param name name it was opened by.
 * @returns `name` if the system has no such paths or denies them: Linux has them in `/proc`.
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

/** Drops the name of a file that is about to be closed. */
export function forgetPathOf(file: FileHandle): void {
  forgetName(`/proc/${process.pid}/fd/${file.fd}`);
}

/** Device and inode, which identify an existing file. */
export interface FileIdentity {
  dev: bigint;
  ino: bigint;
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/** Write permission of everybody but the owner. */
const OTHERS_WRITE = 0o022;

/** File that was just created. */
export interface OwnFile {
  file: FileHandle;
  /** Final mode, set once the file is complete, if new files here are writable by others; else `null`. */
  finalMode: number | null;
}

/**
 * Creates an empty file that nobody else can write to, as far as the file system keeps modes.
 *
 * @returns `null` if the name is taken.
 * @throws the system's error.
 */
export async function createOwnFile(path: string): Promise<OwnFile | null> {
  const usual = await create(path, 0o666);
  if (usual === null) return null;
  const { mode } = await closingOnFailure(usual, () => usual.stat());
  if ((mode & OTHERS_WRITE) === 0) return { file: usual, finalMode: null };
  // Created again rather than changed: somebody may already have opened the first one for writing.
  await usual.close();
  await rm(path, { force: true });
  const file = await create(path, 0o600);
  return file && { file, finalMode: mode & 0o777 };
}

/** @returns `null` if the name is taken. */
async function create(path: string, mode: number): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx+', mode);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/**
 * Entry held from one moment on: checked and read as the file or folder that it was then, even if somebody replaces the
 * name. Only Linux supports that. Holding isn't opening: no FIFO blocks, and no device is activated.
 */
export class HeldEntry {
  private constructor(
    /** Path for this process and its programs; the name if nothing can be held. */
    readonly path: string,
    readonly stats: BigIntStats,
    private readonly handle: FileHandle | null,
    /** True if the path leads to the entry even if its name is moved or replaced. */
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
   * Real path. The system reports that of a held entry; else the name is resolved again.
   *
   * @throws the system's error.
   */
  async place(): Promise<string> {
    return this.isHeld ? readlink(this.path) : realpath(this.path);
  }

  /** Lets the entry go. Nothing was written, so it doesn't matter whether the system refuses that or answers late. */
  async close(): Promise<void> {
    if (this.handle !== null) await close(this.handle);
  }
}

async function close(handle: FileHandle): Promise<void> {
  forgetPathOf(handle);
  await handle.close().catch(() => undefined);
}
