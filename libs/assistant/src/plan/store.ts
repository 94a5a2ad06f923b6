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
  dropFile,
  foreignFolderFault,
  outerFolderOf,
  readJobBytes,
  WatchFolder,
  checkOutsideStateFolders,
  isNameBusy,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { bytesOf, type JobDocument } from './documents.ts';
import type { Destination, PlanRequest } from './plan-request.ts';
import type { Problem } from './walk.ts';

/**
 * What became of a JobSpec: it is only shown, is new in its folder, has been there before, has another one in its place, or was
 * completed and its proxies are gone or changed.
 */
export type SubmitResult = 'planned' | 'written' | 'submitted' | 'there' | 'other' | 'gone';

/** Takes JobSpecs. */
export class Store {
  /** `null` when none are submitted. */
  readonly watch: WatchFolder | null;

  constructor(private readonly request: PlanRequest) {
    const { target } = request;
    this.watch = target.how === 'submit' ? new WatchFolder(target.folder) : null;
  }

  /**
   * Puts a JobSpec where it belongs, with the folder of its proxies.
   *
   * @returns why not, where that folder can't be made.
   * @throws Refusal when it can't be written.
   */
  async take(job: JobDocument): Promise<SubmitResult | Problem> {
    const { target, place } = this.request;
    if (target.how === 'print') return 'planned';
    try {
      const before = await this.#existing(job);
      if (before !== null) return before;
      const barred = await makeProxyFolder(job, place, this.watch?.pending);
      if (barred !== null) return { path: job.directory, kind: 'output', reason: barred };
      if (target.how === 'write') await makeFolders(target.folder);
      await dropFile(bytesOf(job), dirname(this.pathOf(job)), job.name);
      return target.how === 'write' ? 'written' : 'submitted';
    } catch (error) {
      if (error instanceof JobFailure) return (await standing(this.pathOf(job), job)) ?? 'there';
      throw new Refusal('folder', `${job.name} can't be written: ${errorMessage(error)}.`);
    }
  }

  /** Where a JobSpec belongs; its bare name when none is written. */
  pathOf({ name }: JobDocument): string {
    const { target } = this.request;
    if (this.watch !== null) return join(this.watch.pending, name);
    return target.how === 'write' ? join(target.folder, name) : name;
  }

  /** What stands for a JobSpec already; `null` for nothing. One that failed is submitted again. */
  async #existing(job: JobDocument): Promise<SubmitResult | null> {
    const { watch } = this;
    const before = await standing(this.pathOf(job), job);
    if (before !== null || watch === null) return before;
    if (await isNameBusy(watch, job.name)) return 'there';
    return (await exists(join(watch.completed, job.name))) ? 'gone' : null;
  }
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
export async function makeProxyFolder(
  { directory, clips }: JobDocument,
  place: Destination,
  whose?: string,
): Promise<string | null> {
  const medium = clips[0]?.medium ?? '';
  const beside = contains(medium, directory) ? medium : dirname(directory);
  const root = place.how === 'output' ? place.folder : beside;
  try {
    await makeFolders(directory, { root, whose });
    return null;
  } catch (error) {
    if (error instanceof LinkOnTheWay) return error.message;
    return `${directory} can't be made: ${errorFact(error)}. Put that right, or name another --output.`;
  }
}
