import { constants } from 'node:fs';
import { extname, join } from 'node:path';
import {
  createOwnFile,
  errorCode,
  exists,
  forgetPathOf,
  hashOpenFile,
  isSameFile,
  lstat,
  open,
  pathOfOpen,
  rm,
  type HashedFile,
  type OwnFile,
  publish,
  replaced,
} from '@app/storage';
import type { OutputFolder } from './output-folder.ts';

/**
 * The file that a clip is encoded into: hidden, beside the output, with the output's extension. It is held open from its
 * creation to its publication: what is written, read, hashed and published is this very file, whatever somebody else puts in
 * the place of its name.
 */
export class StagedFile {
  private constructor(
    private readonly folder: OutputFolder,
    private readonly name: string,
    private own: OwnFile,
    /** What programs are given: it leads to this file, where the system has such paths; else it is its name. */
    public leadsThere: string,
  ) {}

  /**
   * The name follows from the job and the clip, so the same job runs the same command; the file is created exclusively, so
   * nothing that was there is written to.
   *
   * @param extension of the output.
   * @param beforeCreating told each free path that is about to be taken.
   * @throws the system's error.
   */
  static async create(
    folder: OutputFolder,
    extension: string,
    { jobSha256, index }: { jobSha256: string; index: number },
    beforeCreating: (path: string) => Promise<void>,
  ): Promise<StagedFile> {
    const stem = `.${jobSha256.slice(0, 16)}-${String(index).padStart(3, '0')}`;
    for (let attempt = 1; ; attempt++) {
      const number = attempt === 1 ? '' : `-${attempt}`;
      const name = `${stem}${number}.partial${extension}`;
      const path = folder.entry(name);
      if ((await exists(path)) || (await exists(stagingFolderOf(path)))) continue;
      await beforeCreating(join(folder.name, name));
      const own = await createOwnFile(path);
      if (own === null) continue;
      return new StagedFile(folder, name, own, await pathOfOpen(own.file, path));
    }
  }

  /** Its path by name, for people, and for programs that can't be given another. */
  get path(): string {
    return join(this.folder.name, this.name);
  }

  /** A free path beside it, for a folder. */
  get besides(): string {
    return stagingFolderOf(this.#entry);
  }

  /** By what a journal knows it. @throws the system's error. */
  async recorded(): Promise<RecordedFile> {
    const { ino } = await this.own.file.stat({ bigint: true });
    return { path: this.path, inode: String(ino) };
  }

  /** What others may do to the file while it is made, as a sentence; `null` when they may do nothing. */
  get doubt(): string | null {
    const { openTo } = this.own;
    return (
      openTo &&
      `Who may write to ${this.folder.name} may change a proxy there while it is made: ${openTo}.`
    );
  }

  /** Takes what another program has put under the name. @throws the system's error; JobFailure when it is of another user. */
  async adopt(): Promise<void> {
    const file = await open(
      this.#entry,
      constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    const [ours, made] = [await this.own.file.stat(), await file.stat()];
    if (!made.isFile() || made.uid !== ours.uid) {
      await file.close();
      throw replaced(this.folder.name);
    }
    await this.close();
    this.own = { ...this.own, file, rights: null };
    this.leadsThere = await pathOfOpen(file, this.#entry);
  }

  /** Makes its bytes durable. @throws the system's error. */
  async sync(): Promise<void> {
    await this.own.file.sync();
  }

  /** Reads it once. @throws as {@link hashOpenFile} does. */
  async hash(onRead: (bytes: number) => void): Promise<HashedFile> {
    return hashOpenFile(this.own.file, onRead);
  }

  /**
   * Gives it its final name, without ever replacing a file.
   *
   * @throws JobFailure `OutputCollisionError` when the name is taken; `OutputVerificationError` when it isn't this file that has the
   *   staging name; `OutputDirectoryError` when its directory was replaced; the system's error. The file then has its staging name, if any, and only that.
   */
  async publish(outputName: string, beforeReserving: () => Promise<void>): Promise<void> {
    await this.folder.check();
    const { file, rights } = this.own;
    const identity = await file.stat({ bigint: true });
    if (identity.nlink > 1n || !(await this.#hasName())) throw replaced(this.folder.name);
    if (rights !== null) await file.chmod(rights);
    const afterNaming = () => this.folder.check();
    const staged = { path: this.#entry, identity };
    await publish(staged, this.folder.entry(outputName), { beforeReserving, afterNaming });
  }

  /** Leaves a file that something was written to under its name, and removes an empty one. @returns the path when it is kept. */
  async keep(): Promise<string | null> {
    try {
      const [named, ours] = [await lstat(this.#entry), await this.own.file.stat()];
      // An engine may have left another file there, but no other user.
      if (!named.isFile() || named.uid !== ours.uid) return null;
      if (named.size > 0) return (await lstat(this.path)).ino === named.ino ? this.path : null;
      await rm(this.#entry);
      return null;
    } catch (error) {
      return errorCode(error) === 'ENOENT' ? null : this.path;
    }
  }

  /** Lets it go. What hangs isn't waited for. */
  async close(): Promise<void> {
    forgetPathOf(this.own.file);
    await this.own.file.close().catch(() => undefined);
  }

  get #entry(): string {
    return this.folder.entry(this.name);
  }

  async #hasName(): Promise<boolean> {
    const named = await lstat(this.#entry, { bigint: true }).catch(() => null);
    return named !== null && isSameFile(named, await this.own.file.stat({ bigint: true }));
  }
}

/** A file as a journal knows it. */
export interface RecordedFile {
  path: string;
  inode: string;
}

/** The name beside a staging file that its engine may make a folder of. */
export function stagingFolderOf(stagingPath: string): string {
  return stagingPath.slice(0, -extname(stagingPath).length);
}
