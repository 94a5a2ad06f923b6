import { constants } from 'node:fs';
import { extname, join } from 'node:path';
import {
  closingOnFailure,
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
 * File that a clip is encoded into: hidden, in the output directory, with the output's extension. Stays open from creation to
 * publication, so that this very file is read, hashed and published, even if somebody puts another one under its name.
 */
export class StagedFile {
  private constructor(
    private readonly folder: OutputFolder,
    private readonly name: string,
    private own: OwnFile,
    /** Path for programs: leads to the open file where the system has such paths; elsewhere the path by name. */
    public programPath: string,
  ) {}

  /**
   * Creates the file exclusively, so that no existing file is written to. Its name follows from the job and the clip, so that the same
   * job runs the same command.
   *
   * @param extension that of the output.
   * @param beforeCreating called with each free path before the file is created there.
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
      const programPath = await closingOnFailure(own.file, (file) => pathOfOpen(file, path));
      return new StagedFile(folder, name, own, programPath);
    }
  }

  /** Path by name, for people, and for programs that need one. */
  get path(): string {
    return join(this.folder.name, this.name);
  }

  /** Free path beside the file, for a folder. */
  get scratchPath(): string {
    return stagingFolderOf(this.#entry);
  }

  /** Identity for a journal. @throws the system's error. */
  async recorded(): Promise<RecordedFile> {
    const { ino } = await this.own.file.stat({ bigint: true });
    return { path: this.path, inode: String(ino) };
  }

  /** Adopts the file that another program has put under the name. @throws the system's error; JobFailure if another user owns it. */
  async adopt(): Promise<void> {
    const file = await open(
      this.#entry,
      constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    await closingOnFailure(file, async () => {
      const [ours, made] = [await this.own.file.stat(), await file.stat()];
      if (!made.isFile() || made.uid !== ours.uid) throw replaced(this.folder.name);
    });
    await this.close();
    this.own = { ...this.own, file, finalMode: null };
    this.programPath = await pathOfOpen(file, this.#entry);
  }

  /** Makes the file's bytes durable. @throws the system's error. */
  async sync(): Promise<void> {
    await this.own.file.sync();
  }

  /** Reads and hashes the file. @throws as {@link hashOpenFile} does. */
  async hash(onRead: (bytes: number) => void): Promise<HashedFile> {
    return hashOpenFile(this.own.file, onRead);
  }

  /**
   * Gives the file its final name, without ever replacing another file.
   *
   * @throws JobFailure `OutputCollisionError` if the name is taken; `OutputVerificationError` if another file has the staging
   *   name; `OutputDirectoryError` if its directory was replaced; the system's error. The file then doesn't have its final name.
   */
  async publish(outputName: string, beforeReserving: () => Promise<void>): Promise<void> {
    await this.folder.check();
    const { file, finalMode } = this.own;
    const identity = await file.stat({ bigint: true });
    if (identity.nlink > 1n || !(await this.#hasName())) throw replaced(this.folder.name);
    if (finalMode !== null) await file.chmod(finalMode);
    const afterNaming = () => this.folder.check();
    const staged = { path: this.#entry, identity };
    await publish(staged, this.folder.entry(outputName), { beforeReserving, afterNaming });
  }

  /** Keeps a file that has content, and removes an empty one. @returns the path if it is kept. */
  async keep(): Promise<string | null> {
    try {
      const [named, ours] = [await lstat(this.#entry), await this.own.file.stat()];
      // An engine may have replaced the file, but no other user may.
      if (!named.isFile() || named.uid !== ours.uid) return null;
      if (named.size > 0) return (await lstat(this.path)).ino === named.ino ? this.path : null;
      await rm(this.#entry);
      return null;
    } catch (error) {
      return errorCode(error) === 'ENOENT' ? null : this.path;
    }
  }

  /** Closes the file without waiting for storage that hangs. */
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

/** A file's identity in a journal. */
export interface RecordedFile {
  path: string;
  inode: string;
}

/** Path beside a staging file at which its engine may make a folder. */
export function stagingFolderOf(stagingPath: string): string {
  return stagingPath.slice(0, -extname(stagingPath).length);
}
