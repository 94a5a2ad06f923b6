import { errorFact, errorMessage, exists, makeFolders } from '../files/index.ts';
import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { noteMismatches } from '../mhl/mismatch-note.ts';
import { timestamp } from '../text/index.ts';
import { isNameBusy } from '../watch/claim/index.ts';
import { dropFile, readJobBytes, WatchFolder } from '../watch/folder/index.ts';
import { bytesOf, type JobDocument } from './draft.ts';
import type { Problem } from './found.ts';
import type { HashCheck } from './hash-check.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';
import { prepareFolders } from './prepare-folders.ts';
import { makeProxyFolder } from './proxy-folder.ts';
import { otherJobs, type OtherJobs } from './other-jobs.ts';

/**
 * What became of a JobSpec: it is only shown, is new in its folder, has been there before, has another one in its place, or was
 * completed and its proxies are gone or changed.
 */
export type SubmitResult = 'planned' | 'written' | 'submitted' | 'there' | 'other' | 'gone';

/** Takes JobSpecs. */
export class Store {
  readonly #watch: WatchFolder | null;

  constructor(private readonly request: PlanRequest) {
    const { target } = request;
    this.#watch = target.how === 'submit' ? new WatchFolder(target.folder) : null;
  }

  /** Checks before any work that JobSpecs can be taken. @throws PlanRefusal */
  prepare(): Promise<void> {
    return prepareFolders(this.request, this.#watch);
  }

  /** What other jobs make, where there are any. */
  others(): Promise<OtherJobs> {
    return otherJobs(this.#watch);
  }

  /**
   * Puts a JobSpec where it belongs, with the folder of its proxies.
   *
   * @returns why not, where that folder can't be made.
   * @throws PlanRefusal when it can't be written.
   */
  async take(job: JobDocument): Promise<SubmitResult | Problem> {
    const { target } = this.request;
    if (target.how === 'print') return 'planned';
    try {
      const before = await this.#existing(job);
      if (before !== null) return before;
      const barred = await makeProxyFolder(job, this.request.place, this.#watch?.pending);
      if (barred !== null) return { path: job.directory, kind: 'output', reason: barred };
      if (target.how === 'write') await makeFolders(target.folder);
      await dropFile(bytesOf(job), dirname(this.pathOf(job)), job.name);
      return target.how === 'write' ? 'written' : 'submitted';
    } catch (error) {
      if (error instanceof PlanRefusal) throw error;
      if (error instanceof JobFailure) return (await standing(this.pathOf(job), job)) ?? 'there';
      throw new PlanRefusal('folder', `${job.name} can't be written: ${errorMessage(error)}.`);
    }
  }

  /** Tells the hand-over which sources aren't made because their hashes differ. @returns why that can't be told, if it can't. */
  async noteMismatches({
    checked,
    mismatches,
  }: Pick<HashCheck, 'checked' | 'mismatches'>): Promise<Problem[]> {
    if (this.#watch === null || checked.length === 0) return [];
    const { root } = this.#watch;
    const foundAt = timestamp(new Date());
    const found = Array.from(mismatches, ([source, reason]) => ({ source, reason, foundAt }));
    try {
      await noteMismatches(root, checked, found);
      return [];
    } catch (error) {
      if (found.length === 0) return [];
      const reason = `The hand-over of ${root} will not tell which hashes differ: ${errorFact(error)}.`;
      return [{ path: root, kind: 'mismatch', reason }];
    }
  }

  /** Where a JobSpec belongs; its bare name when none is written. */
  pathOf({ name }: JobDocument): string {
    const { target } = this.request;
    if (this.#watch !== null) return join(this.#watch.pending, name);
    return target.how === 'write' ? join(target.folder, name) : name;
  }

  /** What stands for a JobSpec already; `null` for nothing. One that failed is submitted again. */
  async #existing(job: JobDocument): Promise<SubmitResult | null> {
    const watch = this.#watch;
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
