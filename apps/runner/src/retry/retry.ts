import { basename, join, resolve } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { jobNameOf, stemOf } from '@app/jobspec/folder';
import {
  byProxy,
  inTime,
  isLeft,
  isRefusedForGood,
  jobForSources,
  standingOf,
  type JobAttempt,
} from '@app/jobspec/ledger';
import { errorMessage, exists } from '../files/index.ts';
import { counted, printable } from '../text/index.ts';
import { isNameBusy } from '../watch/claim/index.ts';
import { dropFile, outerFolderOf, WatchFolder } from '../watch/folder/index.ts';
import { knownJobs, specOf, type FailedJob, type KnownJobs } from './known-jobs.ts';
import { RetryRefusal } from './retry-refusal.ts';

export interface RetryRequest {
  folder: string;
  /** Names of failed jobs, with or without `.json`, or job ids; all of them without one. */
  jobs: readonly string[];
  /** Nothing is submitted. */
  isDry: boolean;
}

/** A JobSpec for what a failed job left unmade. */
export interface RetryJob {
  /** Of the file. */
  name: string;
  /** The failed job. */
  of: string;
  jobspec: Record<string, unknown>;
}

/** What was submitted, or would be. */
export interface Retry {
  jobs: RetryJob[];
  /** Clips of the failed jobs that a job which waits or runs makes, or that were made since. */
  coming: number;
  made: number;
  /** A sentence for each job that can't be asked for again. */
  problems: string[];
}

type Attempt = JobAttempt & { job: string };
/** Room for what tells the new job from the old one, in the 128 characters of a job id. */
const MOST_ID = 110;

/**
 * Asks again for what failed jobs left unmade. What is made, waits or runs isn't asked for, nor what a JobSpec itself was refused for:
 * it would be again. A clip that failed gets a JobSpec of its own, so that it holds up nobody; the others share one.
 *
 * @throws RetryRefusal
 */
export async function retry({ folder: root, jobs, isDry }: RetryRequest): Promise<Retry> {
  const folder = new WatchFolder(resolve(root));
  await checkFolder(folder);
  const known = await knownJobs(folder);
  const done: Retry = { jobs: [], coming: 0, made: 0, problems: [...known.unreadable] };
  const left = leftOf(known);
  const byJob = new Map<string, Attempt[]>();
  for (const attempt of known.attempts)
    byJob.set(attempt.job, [...(byJob.get(attempt.job) ?? []), attempt]);
  for (const job of chosenOf(known.failed, jobs)) {
    const own = byJob.get(job.name) ?? [];
    const inState = (state: keyof Counts) => own.filter((attempt) => left.get(attempt) === state);
    const unmade = inState('left');
    const mine = unmade.filter((attempt) => !isRefusedForGood(attempt));
    done.coming += inState('coming').length;
    done.made += inState('made').length;
    if (mine.length < unmade.length) done.problems.push(refused(job, unmade.length - mine.length));
    if (mine.length === 0 && own.length > 0) continue;
    const again = await jobsFor(job, mine, own.length, { folder, others: done.jobs });
    if (typeof again === 'string') done.problems.push(again);
    else done.jobs.push(...again);
  }
  if (!isDry) for (const job of done.jobs) await submit(folder, job);
  return done;
}

/** The JobSpecs for what is left of a job, or why there are none, a sentence. */
async function jobsFor(
  job: FailedJob,
  mine: readonly Attempt[],
  all: number,
  { folder, others }: { folder: WatchFolder; others: readonly RetryJob[] },
): Promise<RetryJob[] | string> {
  const spec = await specOf(join(folder.failed, job.name));
  if (typeof spec === 'string') return spec;
  const jobs: RetryJob[] = [];
  for (const group of groupsOf(mine)) {
    const name = await freeName(folder, job, [...others, ...jobs]);
    const indices = group.map(({ index }) => index);
    const jobspec = jobForSources(spec, indices, stemOf(name));
    if (jobspec !== null) jobs.push({ name, of: job.name, jobspec });
    else if (mine.length < all) return numbered(job.name, mine.length, all);
    else return [{ name: await wholeName(folder, job.name), of: job.name, jobspec: spec }];
  }
  return jobs;
}

/** Clips of failed jobs. */
interface Counts {
  left: number;
  coming: number;
  made: number;
}

/** What became of the clips of failed jobs: each is told by the youngest job that ended without it. */
function leftOf({ attempts }: KnownJobs): Map<Attempt, keyof Counts> {
  const left = new Map<Attempt, keyof Counts>();
  for (const tries of byProxy(attempts).values()) {
    const standing = standingOf(tries);
    const { missing } = standing;
    const asks = inTime(tries).findLast(
      ({ state }) => !['made', 'waiting', 'running'].includes(state),
    );
    if (asks === undefined) continue;
    if (isLeft(standing)) left.set(asks, 'left');
    else if (missing === null) left.set(asks, 'made');
    else if (missing.state !== 'unknown') left.set(asks, 'coming');
  }
  return left;
}

/** Those that failed, or that their job was refused for, each alone; the rest together. */
function groupsOf(mine: readonly Attempt[]): Attempt[][] {
  const rest = mine.filter((attempt) => !isToBlame(attempt));
  const alone = mine.filter(isToBlame).map((one) => [one]);
  return [...(rest.length > 0 ? [rest] : []), ...alone];
}

function isToBlame({ state, cause }: Attempt): boolean {
  return state === 'failed' || (state === 'refused' && cause?.source_index !== undefined);
}

function isOf(job: FailedJob, name: string): boolean {
  return job.name === basename(name) || job.name === jobNameOf(name) || job.jobId === name;
}

/** @throws RetryRefusal for a name that no failed job has. */
function chosenOf(failed: readonly FailedJob[], names: readonly string[]): FailedJob[] {
  const inOrder = failed.toSorted((a, b) => a.at - b.at);
  if (names.length === 0) return inOrder;
  const unknown = names.filter((name) => !failed.some((job) => isOf(job, name)));
  if (unknown.length > 0)
    throw new RetryRefusal(
      unknown.map(
        (name) =>
          `${printable(name)} is no failed job. Name it as its file in failed/ or its job id.`,
      ),
      false,
    );
  return inOrder.filter((job) => names.some((name) => isOf(job, name)));
}

/** A folder that isn't there may be a share that isn't mounted: it is not created. */
async function checkFolder(folder: WatchFolder) {
  const isThere = await exists(folder.pending).catch(() => false);
  const outer = isThere ? await outerFolderOf(folder.root) : null;
  if (outer?.isInside)
    throw new RetryRefusal(
      [`${folder.root} belongs to the watch folder ${outer.root}. Name that one.`],
      true,
    );
  if (isThere) return;
  const advice = 'Name one on which a runner has worked, or check the path and the mount.';
  throw new RetryRefusal([`${folder.root} is not a watch folder. ${advice}`], true);
}

async function submit(folder: WatchFolder, { name, jobspec }: RetryJob) {
  try {
    await dropFile(Buffer.from(`${JSON.stringify(jobspec, null, 2)}\n`), folder.pending, name);
  } catch (error) {
    const fact = error instanceof JobFailure ? 'it was submitted meanwhile' : errorMessage(error);
    throw new RetryRefusal([`${name} can't be written to ${folder.pending}: ${fact}.`], true);
  }
}

/** `A001-C0001-h264-3c16ac52-retry.json`, with a number where that is taken. */
async function freeName(folder: WatchFolder, { jobId }: FailedJob, others: readonly RetryJob[]) {
  const stem = `${jobId.replace(/-retry(-\d+)?$/, '').slice(0, MOST_ID)}-retry`;
  // Those of this very retry are taken already.
  const own = others.filter(({ name }) => name.startsWith(stem)).length;
  for (let number = own + 1; ; number++) {
    const name = jobNameOf(number === 1 ? stem : `${stem}-${number}`);
    const isTaken = others.some((one) => one.name === name) || (await isKnown(folder, name));
    if (!isTaken) return name;
  }
}

/** A name of which nobody can say later which job it was helps nobody. */
async function isKnown(folder: WatchFolder, name: string): Promise<boolean> {
  for (const state of [folder.pending, folder.completed, folder.failed])
    if (await exists(join(state, name))) return true;
  return isNameBusy(folder, name);
}

/** A whole job keeps its name; the runner gives it a number in the archive. */
async function wholeName(folder: WatchFolder, name: string): Promise<string> {
  const isTaken = (await exists(join(folder.pending, name))) || (await isNameBusy(folder, name));
  if (isTaken)
    throw new RetryRefusal([`${name} waits or runs already. Wait until it has ended.`], false);
  return name;
}

function refused({ name, reason }: FailedJob, clips: number): string {
  return `${name}: ${counted(clips, 'clip')} would be refused again, because of what the JobSpec says. Submit one that is right. (${reason})`;
}

function numbered(name: string, left: number, all: number): string {
  return `${name}: ${counted(left, 'proxy')} of ${all} are left, and {index} or {job_id} in its template would name them differently in a job of their own. Submit a JobSpec with {source_name}.`;
}
