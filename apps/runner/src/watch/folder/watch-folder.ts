import { errorCode, errorMessage, exists, mkdir, stat } from '../../files/index.ts';
import { join } from 'node:path';
import { JOB_STATES, OWN_DIRECTORY, OWN_NAMES } from '@app/jobspec/folder';
import { foreignFolderFault } from './foreign-entry.ts';
import { printable } from '../../text/index.ts';

/** The watch folder can't be used; the process ends with exit code 4. */
export class FolderUnusableError extends Error {
  override readonly name = 'FolderUnusableError';
}

/** Where everything lies in a watch folder. The directories' names are the states of a job. */
export class WatchFolder {
  readonly pending: string;
  readonly running: string;
  readonly completed: string;
  readonly failed: string;
  /** The runner's own: lock, status, journals. */
  readonly own: string;
  /** Locked by the runner that works on the folder. */
  readonly lock: string;
  /** What the runner says of itself. */
  readonly status: string;
  /** One file per running job: the clips it has published so far. */
  readonly journals: string;
  /** Files that could not be understood at a start and are kept for a person. */
  readonly kept: string;
  /** Of jobs that a program is to be told of; made by the first. */
  readonly afterJob: string;
  /** Small pictures of proxies; made by the first. */
  readonly pictures: string;

  /** What proxies are compared with while they are made. */
  readonly scratch: string;

  constructor(readonly root: string) {
    const [pending, running, completed, failed] = JOB_STATES;
    this.pending = join(root, pending);
    this.running = join(root, running);
    this.completed = join(root, completed);
    this.failed = join(root, failed);
    this.own = join(root, OWN_DIRECTORY);
    this.lock = join(this.own, OWN_NAMES.lock);
    this.status = join(this.own, OWN_NAMES.status);
    this.journals = join(this.own, OWN_NAMES.journals);
    this.kept = join(this.own, OWN_NAMES.kept);
    this.afterJob = join(this.own, OWN_NAMES.afterJob);
    this.pictures = join(this.own, OWN_NAMES.pictures);
    this.scratch = join(this.own, OWN_NAMES.scratch);
  }

  /** All that a start makes, those of the states first. */
  get directories(): string[] {
    return [...this.#states, this.own, this.journals, this.kept, this.scratch];
  }

  get #states(): string[] {
    return [this.pending, this.running, this.completed, this.failed];
  }

  /**
   * Creates the directories that are missing in the folder, and checks it. The folder itself must be there: a slip of the
   * keyboard or a lost volume must not give a new one.
   *
   * @throws FolderUnusableError when it is not there, holds something else, a directory can't be created, is a file, or {@link check} fails.
   */
  async prepare(): Promise<void> {
    await this.#checkRoot();
    try {
      const fault = await foreignFolderFault(this.root);
      if (fault !== null) throw new FolderUnusableError(fault);
      for (const directory of this.directories) {
        if (!(await exists(directory))) await mkdir(directory);
      }
    } catch (error) {
      if (error instanceof FolderUnusableError) throw error;
      throw new FolderUnusableError(
        `The watch folder ${printable(this.root)} cannot be used: ${errorMessage(error)}. ` +
          'Name a directory that the runner may write to.',
        { cause: error },
      );
    }
    await this.check();
  }

  async #checkRoot() {
    const shown = printable(this.root);
    const isDirectory = await stat(this.root).then(
      (stats) => stats.isDirectory(),
      (error: unknown) => {
        const isMissing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
        throw new FolderUnusableError(
          isMissing
            ? `The watch folder ${shown} does not exist. Create it first (mkdir -p ${this.root}), or mount its volume.`
            : `The watch folder ${shown} cannot be used: ${errorMessage(error)}.`,
          { cause: error },
        );
      },
    );
    if (isDirectory) return;
    throw new FolderUnusableError(
      `The watch folder ${shown} is not a directory. Name a directory that the runner may write to.`,
    );
  }

  /**
   * Checks that jobs can be moved by rename, which works within one filesystem only.
   *
   * @throws FolderUnusableError when the folders span filesystems.
   */
  async check(): Promise<void> {
    const devices = new Set<number>();
    for (const directory of this.#states) {
      // One that is missing will be made in the folder itself.
      const place = (await exists(directory)) ? directory : this.root;
      devices.add((await stat(place)).dev);
    }
    if (devices.size <= 1) return;
    throw new FolderUnusableError(
      `The folders ${JOB_STATES.slice(0, -1).join(', ')} and ${JOB_STATES.at(-1)} in ${printable(this.root)} are on different filesystems. ` +
        'Jobs are moved by rename: put all of them on one.',
    );
  }
}
