import { basename, dirname, join } from 'node:path';
import {
  compareNames,
  followerOf,
  type FollowerStatus,
  JOB_STATES,
  MAX_STATUS_BYTES,
  OWN_DIRECTORY,
  OWN_NAMES,
  readFollowerStatus,
  readRunnerStatus,
  refusalOfName,
  resultNameOf,
  type RunnerStatus,
  WATCH_FOLDER_MARKS,
} from '@app/jobspec/folder';
import { errorMessage, isAbsent } from '../files/system-error.ts';
import { exists, isDirectory, makeDirectory } from '../files/folder-fault.ts';
import { opendir, readdir, realpath, stat } from '../files/bounded-fs.ts';
import { readWhole } from '../files/regular-file.ts';
import { printable, shellCommand } from '@app/jobspec';

/** The watch folder can't be used; the process ends with exit code 4. */
export class FolderUnusableError extends Error {
  override readonly name = 'FolderUnusableError';
}

/** Paths of a watch folder. The directories' names are the states of a job. */
export class WatchFolder {
  readonly pending: string;
  readonly running: string;
  readonly completed: string;
  readonly failed: string;
  /** Directory of the runner: lock, status, journals. */
  readonly own: string;
  /** File locked by the runner that works on the folder. */
  readonly lock: string;
  /** File that names the runner that works on the folder, or the last one if it was killed. */
  readonly holder: string;
  /** Status file of the runner. */
  readonly status: string;
  /** Directory with a file per running job: the clips it has published so far. */
  readonly journals: string;
  /** Directory of unreadable results, kept for somebody to inspect. */
  readonly kept: string;
  /** Journal of jobs to report to a program; created with the first job. */
  readonly afterJob: string;
  /** Record of clips on media and requested jobs; created with the first line. */
  readonly inventory: string;
  /** Directory of thumbnails; created with the first one. */
  readonly pictures: string;
  /** Directory of reference frames while proxies are made. */
  readonly scratch: string;

  constructor(readonly root: string) {
    const [pending, running, completed, failed] = JOB_STATES;
    this.pending = join(root, pending);
    this.running = join(root, running);
    this.completed = join(root, completed);
    this.failed = join(root, failed);
    this.own = join(root, OWN_DIRECTORY);
    this.lock = join(this.own, OWN_NAMES.lock);
    this.holder = join(this.own, OWN_NAMES.holder);
    this.status = join(this.own, OWN_NAMES.status);
    this.journals = join(this.own, OWN_NAMES.journals);
    this.kept = join(this.own, OWN_NAMES.kept);
    this.afterJob = join(this.own, OWN_NAMES.afterJob);
    this.inventory = join(this.own, OWN_NAMES.inventory);
    this.pictures = join(this.own, OWN_NAMES.pictures);
    this.scratch = join(this.own, OWN_NAMES.scratch);
  }

  /** Directories that a runner creates at its start, those of the states first. */
  get directories(): string[] {
    return [...this.#states, this.own, this.journals, this.kept, this.scratch];
  }

  get #states(): string[] {
    return [this.pending, this.running, this.completed, this.failed];
  }

  /**
   * Creates missing directories in the folder, and checks it. The folder itself must exist: a typo or a lost volume must not create a
   * new one.
   *
   * @throws FolderUnusableError if it doesn't exist, holds something else, a directory can't be created, is a file, or {@link check} fails.
   */
  async prepare(): Promise<void> {
    await this.#checkRoot();
    try {
      const fault = await foreignFolderFault(this.root);
      if (fault !== null) throw new FolderUnusableError(fault);
      // Another runner may create them at the same moment.
      for (const directory of this.directories)
        if (!(await exists(directory))) await makeDirectory(directory);
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
        throw new FolderUnusableError(
          isAbsent(error)
            ? `The watch folder ${shown} does not exist. Create it first (${shellCommand(['mkdir', '-p', this.root])}), or mount its volume.`
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
   * @throws FolderUnusableError if the folders span filesystems.
   */
  async check(): Promise<void> {
    const devices = new Set<number>();
    for (const directory of this.#states) {
      // A missing directory will be created in the folder itself.
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

/** Names that systems and shares put into folders, in lower case. */
const SHARE_ENTRIES = new Set([
  '#recycle',
  '#snapshot',
  '$recycle.bin',
  '@eadir',
  '@recently-snapshot',
  '@recycle',
  'aquota.group',
  'aquota.user',
  'desktop.ini',
  'lost+found',
  'network trash folder',
  'system volume information',
  'temporary items',
  'thumbs.db',
]);

/**
 * Sentence that refuses a folder: a card, a share or a folder of proxies that was named by mistake must not get a runner's directories.
 * Only an existing watch folder or an empty folder is accepted.
 *
 * @returns `null` if the folder is accepted.
 * @throws the system's error if it can't be read.
 */
export async function foreignFolderFault(root: string): Promise<string | null> {
  for (const mark of WATCH_FOLDER_MARKS) if (await isDirectory(join(root, mark))) return null;
  const foreign = await foreignEntryIn(root);
  if (foreign === null) return null;
  return `${printable(root)} is not a watch folder. It holds other files, such as ${printable(foreign)}. Name an empty folder, or one with pending/ in it.`;
}

/** First entry that is neither hidden nor a share's own; `null` for none. */
async function foreignEntryIn(root: string): Promise<string | null> {
  for await (const { name } of await opendir(root))
    if (!name.startsWith('.') && !SHARE_ENTRIES.has(name.toLowerCase())) return name;
  return null;
}

/** Watch folder that contains another folder. */
interface OuterFolder {
  root: string;
  /** True if the folder is inside one of its state directories, where no runner looks for jobs. */
  isInside: boolean;
}

const OWN = new Set<string>([...JOB_STATES, OWN_DIRECTORY]);

/** Watch folder that has the folder in one of its state directories, or else the nearest one above it; `null` for none. */
export async function outerFolderOf(folder: string): Promise<OuterFolder | null> {
  const real = await realpath(folder).catch(() => folder);
  let nearest: OuterFolder | null = null;
  for (let inner = real; dirname(inner) !== inner; inner = dirname(inner)) {
    const root = dirname(inner);
    if (!(await isDirectory(join(root, JOB_STATES[0])))) continue;
    if (OWN.has(basename(inner))) return { root, isInside: true };
    nearest ??= { root, isInside: false };
  }
  return nearest;
}

/** JobSpecs in a place where no runner looks for them. */
export interface MisplacedJobs {
  directory: string;
  /** First few names. */
  files: string[];
  count: number;
}

/** Number of names in a log line. */
const MAX_NAMED = 5;

/**
 * Finds JobSpecs beside `pending/`, or in the archive without a result, which no runner has taken. Unreadable
 * directories are skipped.
 */
export async function misplacedJobs(folder: WatchFolder): Promise<MisplacedJobs[]> {
  const found: MisplacedJobs[] = [];
  for (const directory of [folder.root, folder.completed, folder.failed]) {
    const names = new Set(await readdir(directory).catch(() => []));
    const jobs = [...names].filter(
      (name) => refusalOfName(name) === null && !names.has(resultNameOf(name)),
    );
    const files = jobs.sort().slice(0, MAX_NAMED);
    if (jobs.length > 0) found.push({ directory, files, count: jobs.length });
  }
  return found;
}

/** Status published by the runner of a watch folder; `null` if it holds none. @throws the system's error. */
export async function statusOf({ status }: WatchFolder): Promise<RunnerStatus | null> {
  return readRunnerStatus(await readWhole(status, MAX_STATUS_BYTES));
}

/** Limit of followers for one watch folder. */
const MAX_FOLLOWERS = 100;

/** Status of each `plan --follow` that submits to a watch folder, including ended ones. */
export async function followersOf({
  own,
}: WatchFolder): Promise<{ id: string; status: FollowerStatus }[]> {
  const names = await readdir(own).catch(() => []);
  const followers: { id: string; status: FollowerStatus }[] = [];
  for (const name of names.toSorted(compareNames)) {
    const id = followerOf(name);
    if (id === null || followers.length === MAX_FOLLOWERS) continue;
    const bytes = await readWhole(join(own, name), MAX_STATUS_BYTES).catch(() => null);
    const status = bytes && readFollowerStatus(bytes);
    if (status !== null) followers.push({ id, status });
  }
  return followers;
}

/** Paths of a job of this name and of its result in `running/`. */
export function placesInRunning({ running }: WatchFolder, name: string): [string, string] {
  return [join(running, name), join(running, resultNameOf(name))];
}

/** True if one of {@link placesInRunning} exists. */
export async function isNameBusy(folder: WatchFolder, name: string): Promise<boolean> {
  const [job, result] = placesInRunning(folder, name);
  return (await exists(job)) || (await exists(result));
}
