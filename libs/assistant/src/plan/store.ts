import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import {
  contains,
  errorFact,
  errorMessage,
  exists,
  isDirectory,
  LinkOnTheWay,
  makeFolders,
  realPathOf,
  submitFile,
  foreignFolderFault,
  outerFolderOf,
  readJobBytes,
  WatchFolder,
  checkOutsideStateFolders,
  isNameBusy,
  lstat,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { bytesOf, type JobDocument } from './documents.ts';
import type { Destination, PlanRequest } from './plan-request.ts';
import type { LeftOut } from './walk.ts';

/**
 * What became of a JobSpec: it is only shown, is new in its folder, has been there before, has another one in its place, or was
 * completed and its proxies are gone or changed.
 */
export type SubmitResult = 'planned' | 'written' | 'submitted' | 'there' | 'other' | 'gone';

/** `null` when nothing is submitted. */
export function watchFolderOf({ target }: PlanRequest): WatchFolder | null {
  return target.how === 'submit' ? new WatchFolder(target.folder) : null;
}

/** Takes JobSpecs. */
export class Store {
  /** `null` when none are submitted. */
  readonly watch: WatchFolder | null;

  constructor(private readonly request: PlanRequest) {
    this.watch = watchFolderOf(request);
  }

  /**
   * Makes the folder of a JobSpec's proxies.
   *
   * @param again whether it counts for nothing that a job of its name has ended.
   * @returns why not, or what stands for it already; `null` where it is to be put.
   * @throws Refusal when that can't be told.
   */
  async prepare(job: JobDocument, again = false): Promise<SubmitResult | LeftOut | null> {
    const { target, place } = this.request;
    try {
      const path = await linkInTheWay(job, place);
      if (path !== null) return { ...noFolder(job), reason: path };
      if (target.how === 'print') return null;
      const before = await this.#existing(job, again);
      if (before !== null) return before;
      const barred = await makeProxyFolder(job, place, this.watch?.pending);
      return barred === null ? null : { ...noFolder(job), reason: barred };
    } catch (error) {
      throw unwritten(job, error);
    }
  }

  /** Puts a JobSpec where it belongs. @throws Refusal when it can't be written. */
  async put(job: JobDocument): Promise<SubmitResult> {
    const { target } = this.request;
    if (target.how === 'print') return 'planned';
    try {
      if (target.how === 'write') await makeFolders(target.folder);
      await submitFile(bytesOf(job), dirname(this.pathOf(job)), job.name);
      return target.how === 'write' ? 'written' : 'submitted';
    } catch (error) {
      if (error instanceof JobFailure) return (await standing(this.pathOf(job), job)) ?? 'there';
      throw unwritten(job, error);
    }
  }

  /** Where a JobSpec belongs; its bare name when none is written. */
  pathOf({ name }: JobDocument): string {
    const { target } = this.request;
    if (this.watch !== null) return join(this.watch.pending, name);
    return target.how === 'write' ? join(target.folder, name) : name;
  }

  /** What stands for a JobSpec already; `null` for nothing. One that failed is submitted again. */
  async #existing(job: JobDocument, again: boolean): Promise<SubmitResult | null> {
    const { watch } = this;
    const before = await standing(this.pathOf(job), job);
    if (before !== null || watch === null || again) return before;
    if (await isNameBusy(watch, job.name)) return 'there';
    return (await exists(join(watch.completed, job.name))) ? 'gone' : null;
  }
}

function unwritten({ name }: JobDocument, error: unknown): Refusal {
  return new Refusal('folder', `${name} can't be written: ${errorMessage(error)}.`);
}

function noFolder({ directory }: JobDocument): Omit<LeftOut, 'reason'> {
  return { path: directory, kind: 'output', cause: 'no_folder' };
}

/** What lies in media may be anybody's: nobody looks where a link beside a clip leads. @returns a sentence. */
async function linkInTheWay(
  { directory }: JobDocument,
  place: Destination,
): Promise<string | null> {
  if (place.how === 'output') return null;
  const there = await lstat(directory).catch(() => null);
  return there?.isSymbolicLink() ? new LinkOnTheWay(directory).message : null;
}

/** Whether a file is that JobSpec or another one; `null` when there is none. */
async function standing(path: string, job: JobDocument): Promise<SubmitResult | null> {
  if (!(await exists(path))) return null;
  const there = await readJobBytes(path).catch(() => null);
  return there !== null && bytesOf(job).equals(there.bytes) ? 'there' : 'other';
}

/**
 * Makes an empty folder a watch folder. Anything else that is none may be a share that isn't mounted, or a slip.
 *
 * @throws Refusal, also where proxies would lie among its jobs.
 */
export async function prepareWatchFolder(
  { root, pending }: WatchFolder,
  { place, media }: PlanRequest,
): Promise<void> {
  for (const path of place.how === 'output' ? [place.folder] : media)
    await checkOutsideStateFolders(await realPathOf(path), root).catch((error: unknown) => {
      throw error instanceof JobFailure ? new Refusal('usage', error.message) : error;
    });
  const isThere = await isDirectory(pending);
  const outer = await outerFolderOf(root);
  if (outer !== null && (outer.isInside || !isThere))
    throw new Refusal(
      'folder',
      `${root} belongs to the watch folder ${outer.root}. Name that one.`,
    );
  if (isThere) return;
  const fault = await foreignFolderFault(root).catch(
    () => `${root} is not a folder. Create it first, or check the path and the mount.`,
  );
  if (fault !== null) throw new Refusal('folder', fault);
  await makeFolders(pending).catch((error: unknown) => {
    throw new Refusal('folder', `${root} can't be written to: ${errorFact(error)}.`);
  });
}

/**
 * Makes the folder of a job's proxies.
 *
 * @param whose group shares it, as `makeFolders` has it.
 * @returns why it can't be made, a sentence: a link below what people have named isn't theirs.
 */
async function makeProxyFolder(
  { directory, clips }: JobDocument,
  place: Destination,
  whose?: string,
): Promise<string | null> {
  const medium = clips[0]?.medium ?? '';
  const beside = contains(medium, directory) ? medium : dirname(directory);
  const root = place.how === 'output' ? place.folder : beside;
  try {
    await makeFolders(directory, { root, groupModel: whose });
    return null;
  } catch (error) {
    if (error instanceof LinkOnTheWay) return error.message;
    return `${directory} can't be made: ${errorFact(error)}. Put that right, or name another --output.`;
  }
}
