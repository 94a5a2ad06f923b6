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
 * Result for a JobSpec: only shown, newly written or submitted, there before, another JobSpec in its place, or
 * completed with its proxies gone or changed.
 */
export type SubmitResult = 'planned' | 'written' | 'submitted' | 'there' | 'other' | 'gone';

/** `null` if nothing is submitted. */
export function watchFolderOf({ target }: PlanRequest): WatchFolder | null {
  return target.how === 'submit' ? new WatchFolder(target.folder) : null;
}

/** Destination of JobSpecs. */
export class Store {
  /** `null` if nothing is submitted. */
  readonly watch: WatchFolder | null;

  constructor(private readonly request: PlanRequest) {
    this.watch = watchFolderOf(request);
  }

  /**
   * Creates the output folder of a JobSpec.
   *
   * @param ignoresEnded true to ignore ended jobs of its name
   * @returns a problem, or its existing state; `null` if it is to be submitted
   * @throws Refusal if that can't be determined
   */
  async prepare(job: JobDocument, ignoresEnded = false): Promise<SubmitResult | LeftOut | null> {
    const { target, place } = this.request;
    try {
      const path = await linkInTheWay(job, place);
      if (path !== null) return { ...noFolder(job), reason: path };
      if (target.how === 'print') return null;
      const before = await this.#existing(job, ignoresEnded);
      if (before !== null) return before;
      const reason = await makeProxyFolder(job, place);
      return reason === null ? null : { ...noFolder(job), reason };
    } catch (error) {
      throw unwritten(job, error);
    }
  }

  /** Writes or submits a JobSpec. @throws Refusal if it can't be written */
  async put(job: JobDocument): Promise<SubmitResult> {
    const { target } = this.request;
    if (target.how === 'print') return 'planned';
    try {
      if (target.how === 'write') await makeFolders(target.folder);
      await submitFile(bytesOf(job), dirname(this.pathOf(job)), job.name);
      return target.how === 'write' ? 'written' : 'submitted';
    } catch (error) {
      if (error instanceof JobFailure) return (await compareFile(this.pathOf(job), job)) ?? 'there';
      throw unwritten(job, error);
    }
  }

  /** Path of a JobSpec; its bare name if none is written. */
  pathOf({ name }: JobDocument): string {
    const { target } = this.request;
    if (this.watch !== null) return join(this.watch.pending, name);
    return target.how === 'write' ? join(target.folder, name) : name;
  }

  /** Existing state of a JobSpec; `null` if there is none. A failed one is submitted again. */
  async #existing(job: JobDocument, ignoresEnded: boolean): Promise<SubmitResult | null> {
    const { watch } = this;
    const before = await compareFile(this.pathOf(job), job);
    if (before !== null || watch === null || ignoresEnded) return before;
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

/** Links next to clips aren't followed, since anybody may have put them on the media. @returns a sentence */
async function linkInTheWay(
  { directory }: JobDocument,
  place: Destination,
): Promise<string | null> {
  if (place.how === 'output') return null;
  const there = await lstat(directory).catch(() => null);
  return there?.isSymbolicLink() ? new LinkOnTheWay(directory).message : null;
}

/** Compares a file with the JobSpec; `null` if there is none. */
async function compareFile(path: string, job: JobDocument): Promise<SubmitResult | null> {
  if (!(await exists(path))) return null;
  const there = await readJobBytes(path).catch(() => null);
  return there !== null && bytesOf(job).equals(there.bytes) ? 'there' : 'other';
}

/**
 * Turns an empty folder into a watch folder. Anything else may be an unmounted share or a mistake.
 *
 * @throws Refusal, also if proxies would lie among its jobs
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
 * Creates the output folder of a job.
 *
 * @returns a sentence if it can't be created, or if a link lies below the folders that were named
 */
async function makeProxyFolder(
  { directory, clips }: JobDocument,
  place: Destination,
): Promise<string | null> {
  const medium = clips[0]?.medium ?? '';
  const beside = contains(medium, directory) ? medium : dirname(directory);
  const root = place.how === 'output' ? place.folder : beside;
  try {
    await makeFolders(directory, root);
    return null;
  } catch (error) {
    if (error instanceof LinkOnTheWay) return error.message;
    return `${directory} can't be created: ${errorFact(error)}. Put that right, or name another --output.`;
  }
}
