import {
  errorMessage,
  exists,
  makeFolders,
  mkdir,
  readdir,
  realPathOf,
  stat,
} from '../files/index.ts';
import { basename, dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { checkOutsideStateFolders } from '../validation/state-folders.ts';
import { isNameBusy } from '../watch/claim/index.ts';
import { dropFile, readJobBytes, WatchFolder } from '../watch/folder/index.ts';
import { bytesOf, type JobDocument } from './draft.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';
import { NO_JOBS, otherJobs, type OtherJobs } from './promised.ts';

/**
 * What became of a JobSpec: it is only shown, is new in its folder, has been there before, has another one in its place, or was
 * completed and its proxies are gone.
 */
export type Fate = 'planned' | 'written' | 'submitted' | 'there' | 'other' | 'gone';

/** Takes JobSpecs. */
export class Store {
  readonly #watch: WatchFolder | null;

  constructor(private readonly request: PlanRequest) {
    const { target } = request;
    this.#watch = target.how === 'submit' ? new WatchFolder(target.folder) : null;
  }

  /** Checks before any work that JobSpecs can be taken. @throws PlanRefusal */
  async prepare(): Promise<void> {
    if (this.#watch === null) return;
    await prepareWatchFolder(this.#watch);
    const output = await realPathOf(this.request.output);
    await checkOutsideStateFolders(output, this.#watch.root).catch((error: unknown) => {
      throw error instanceof JobFailure ? new PlanRefusal('usage', error.message) : error;
    });
  }

  /** What other jobs make, where there are any. */
  async others(): Promise<OtherJobs> {
    return this.#watch === null ? NO_JOBS : otherJobs(this.#watch);
  }

  /** Puts a JobSpec where it belongs, with the folder of its proxies. @throws PlanRefusal when it can't be written. */
  async take(job: JobDocument): Promise<Fate> {
    const { target } = this.request;
    if (target.how === 'print') return 'planned';
    try {
      const before = await this.#fateOf(job);
      if (before !== null) return before;
      await makeFolders(job.directory);
      if (target.how === 'write') await makeFolders(target.folder);
      await dropFile(bytesOf(job), dirname(this.pathOf(job)), job.name);
      return target.how === 'write' ? 'written' : 'submitted';
    } catch (error) {
      if (error instanceof JobFailure) return (await standing(this.pathOf(job), job)) ?? 'there';
      throw new PlanRefusal('folder', `${job.name} can't be written: ${errorMessage(error)}.`);
    }
  }

  /** Where a JobSpec belongs; its bare name when none is written. */
  pathOf({ name }: JobDocument): string {
    const { target } = this.request;
    if (this.#watch !== null) return join(this.#watch.pending, name);
    return target.how === 'write' ? join(target.folder, name) : name;
  }

  /** What stands for a JobSpec already; `null` for nothing. One that failed is submitted again. */
  async #fateOf(job: JobDocument): Promise<Fate | null> {
    const watch = this.#watch;
    const before = await standing(this.pathOf(job), job);
    if (before !== null || watch === null) return before;
    if (await isNameBusy(watch, job.name)) return 'there';
    return (await exists(join(watch.completed, job.name))) ? 'gone' : null;
  }
}

/** Whether a file is that JobSpec or another one; `null` when there is none. */
async function standing(path: string, job: JobDocument): Promise<Fate | null> {
  if (!(await exists(path))) return null;
  const there = await readJobBytes(path).catch(() => null);
  return there !== null && bytesOf(job).equals(there.bytes) ? 'there' : 'other';
}

/** An empty folder becomes a watch folder; anything else that is none may be a share that isn't mounted, or a slip. */
async function prepareWatchFolder(watch: WatchFolder) {
  if (await isFolder(watch.pending)) return;
  await checkNoStateFolder(watch.root);
  const names = await readdir(watch.root).catch(() => null);
  const sentence =
    names === null
      ? `${watch.root} is no folder. Create it first, or check the path and the mount.`
      : `${watch.root} is no watch folder. Start a runner on it first, or name an empty folder.`;
  if (names === null || names.length > 0) throw new PlanRefusal('folder', sentence);
  await mkdir(watch.pending);
}

/** A watch folder inside of another's own directories would be seen by nobody. */
async function checkNoStateFolder(root: string) {
  const isState = (JOB_STATES as readonly string[]).includes(basename(root));
  if (isState && (await isFolder(join(dirname(root), 'pending'))))
    throw new PlanRefusal(
      'folder',
      `${root} belongs to the watch folder ${dirname(root)}. Name that one.`,
    );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
