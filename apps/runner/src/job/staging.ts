import { constants } from 'node:fs';
import { dirname, extname, join } from 'node:path';
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
} from '../files/index.ts';
import { publish, replaced } from './publish.ts';

/**
 * The file that a clip is encoded into: hidden, beside the output, with the output's extension. It is held open from its
 * creation to its publication: what is written, read, hashed and published is this very file, whatever somebody else puts in
 * the place of its name.
 */
export class StagedFile {
  private constructor(
    /** Its name. */
    readonly path: string,
    private own: OwnFile,
    /** What programs are given: it leads to this file, where the system has such paths; else it is its name. */
    public leadsThere: string,
  ) {}

  /**
   * The name follows from the job and the clip, so the same job runs the same command; the file is created exclusively, so
   * nothing that was there is written to.
   *
   * @param beforeCreating told each free name that is about to be taken.
   * @throws the system's error.
   */
  static async create(
    outputPath: string,
    jobSha256: string,
    clipIndex: number,
    beforeCreating: (path: string) => Promise<void>,
  ): Promise<StagedFile> {
    const stem = `.${jobSha256.slice(0, 16)}-${String(clipIndex).padStart(3, '0')}`;
    for (let attempt = 1; ; attempt++) {
      const number = attempt === 1 ? '' : `-${attempt}`;
      const path = join(dirname(outputPath), `${stem}${number}.partial${extname(outputPath)}`);
      if ((await exists(path)) || (await exists(stagingFolderOf(path)))) continue;
      await beforeCreating(path);
      const own = await createOwnFile(path);
      if (own !== null) return new StagedFile(path, own, await pathOfOpen(own.file, path));
    }
  }

  /** What others may do to the file while it is made, as a sentence; `null` when they may do nothing. */
  get doubt(): string | null {
    const { openTo } = this.own;
    return (
      openTo &&
      `Who may write to ${dirname(this.path)} may change a proxy there while it is made: ${openTo}.`
    );
  }

  /** Takes what another program has put under the name. @throws the system's error; JobFailure when it is of another user. */
  async adopt(): Promise<void> {
    const file = await open(
      this.path,
      constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    const [ours, made] = [await this.own.file.stat(), await file.stat()];
    if (!made.isFile() || made.uid !== ours.uid) {
      await file.close();
      throw replaced(dirname(this.path));
    }
    await this.close();
    this.own = { ...this.own, file, rights: null };
    this.leadsThere = await pathOfOpen(file, this.path);
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
   * @param beforeReserving called where the filesystem lacks hard links, before an empty file reserves the name.
   * @throws JobFailure `OutputCollisionError` when the name is taken; `OutputVerificationError` when it isn't this file that has the
   *   staging name; the system's error. The file then has its staging name, if any, and only that.
   */
  async publish(outputPath: string, beforeReserving: () => Promise<void>): Promise<void> {
    const { file, rights } = this.own;
    const identity = await file.stat({ bigint: true });
    if (identity.nlink > 1n || !(await this.#hasName())) throw replaced(dirname(this.path));
    if (rights !== null) await file.chmod(rights);
    await publish({ path: this.path, identity }, outputPath, beforeReserving);
  }

  /** Leaves a file that something was written to under its name, and removes an empty one. @returns the path when it is kept. */
  async keep(): Promise<string | null> {
    try {
      const [named, ours] = [await lstat(this.path), await this.own.file.stat()];
      // An engine may have left another file there, but no other user.
      if (!named.isFile() || named.uid !== ours.uid) return null;
      if (named.size > 0) return this.path;
      await rm(this.path);
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

  async #hasName(): Promise<boolean> {
    const named = await lstat(this.path, { bigint: true }).catch(() => null);
    return named !== null && isSameFile(named, await this.own.file.stat({ bigint: true }));
  }
}

/** The name beside a staging file that its engine may make a folder of. */
export function stagingFolderOf(stagingPath: string): string {
  return stagingPath.slice(0, -extname(stagingPath).length);
}
