import { JobFailure, plural } from '@app/jobspec';
import { grouped } from '@app/jobspec/folder';
import { byProxy, byTime, isRefusedForGood, needsRetry, proxyStatus } from '@app/jobspec/ledger';
import { closing, errorMessage, submitFile, type WatchFolder } from '@app/storage';
import { attemptsOf, knownJobs, type EndedJob, type KnownAttempt } from '../jobs/known-jobs.ts';
import { inventoryOf, notPlanned } from '../jobs/not-planned.ts';
import { Refusal } from '../refusal/refusal.ts';
import { existingFolder } from './existing-folder.ts';
import { failedJobs, namedJobs } from './failed-jobs.ts';
import { retryJobs, type RetryJob } from './retry-jobs.ts';
import { lockRetries } from './retry-lock.ts';

export interface RetryRequest {
  folder: string;
  /** Names of failed jobs, with or without `.json`, or job ids; all failed jobs if empty. */
  jobs: readonly string[];
  /** Dry run: nothing is submitted. */
  isDry: boolean;
}

/** Submitted JobSpecs, or those of a dry run. */
export interface Retry {
  jobs: RetryJob[];
  /** Clips of the failed jobs that a waiting or running job makes, or that were made since. */
  coming: number;
  made: number;
  /** Clips on media without a job, which `plan` submits. */
  not_planned: number;
  /** Reasons why the inventory may lack clips, as sentences. */
  faults: readonly string[];
  /** One sentence for each job that can't be retried. */
  problems: string[];
}

const NO_JOB = 'no failed job. Name a job as its file in failed/ or its job id';

/**
 * Submits JobSpecs for what failed jobs left unmade. Clips that are made, waiting or running are skipped, and so are
 * those refused because of the JobSpec, which would be refused again. A clip that failed gets a JobSpec of its own, so
 * that it can't block others; the rest share one.
 *
 * @throws Refusal
 */
export async function retry(request: RetryRequest): Promise<Retry> {
  const folder = await existingFolder(request.folder);
  await folder.prepare().catch((error: unknown) => {
    throw new Refusal('folder', errorMessage(error));
  });
  return closing(await lockRetries(folder), () => retryIn(folder, request));
}

async function retryIn(
  folder: WatchFolder,
  { jobs, isDry }: Omit<RetryRequest, 'folder'>,
): Promise<Retry> {
  const inventory = await inventoryOf(folder);
  const known = await knownJobs(folder);
  const problems = [...known.unreadable];
  const { faults } = inventory;
  const not_planned = notPlanned(inventory, known).clips.length;
  const done: Retry = { jobs: [], coming: 0, made: 0, not_planned, faults, problems };
  const attempts = attemptsOf(known);
  const states = clipStates(attempts);
  const byJob = grouped(attempts, ({ job }) => job);
  const isDismissed = ({ name, result }: EndedJob) =>
    inventory.isDismissed(name, result.completed_at);
  const failed = failedJobs(known);
  const chosen =
    jobs.length > 0 ? namedJobs(failed, jobs, NO_JOB) : failed.filter((job) => !isDismissed(job));
  for (const job of chosen) {
    const own = byJob.get(job) ?? [];
    const inState = (state: ClipState) => own.filter((attempt) => states.get(attempt) === state);
    const unmade = inState('left');
    const rest = unmade.filter((attempt) => !isRefusedForGood(attempt));
    done.coming += inState('coming').length;
    done.made += inState('made').length;
    if (rest.length < unmade.length) done.problems.push(refused(job, unmade.length - rest.length));
    if (rest.length === 0 && own.length > 0) continue;
    const prepared = await retryJobs(job, rest, { folder, others: done.jobs, all: own.length });
    if (typeof prepared === 'string') done.problems.push(prepared);
    else done.jobs.push(...prepared);
  }
  return isDry ? done : submitAll(folder, done);
}

/** State of a clip of a failed job. */
type ClipState = 'left' | 'coming' | 'made';

/** Returns the state of each clip of failed jobs, by the latest job that ended without it. */
function clipStates(attempts: readonly KnownAttempt[]): Map<KnownAttempt, ClipState> {
  const states = new Map<KnownAttempt, ClipState>();
  for (const proxyAttempts of byProxy(attempts).values()) {
    const status = proxyStatus(proxyAttempts);
    const { missing } = status;
    const latest = byTime(proxyAttempts).findLast(
      ({ state }) => !['made', 'waiting', 'running'].includes(state),
    );
    if (latest === undefined) continue;
    if (needsRetry(status)) states.set(latest, 'left');
    else if (missing === null) states.set(latest, 'made');
    else if (missing.state !== 'unknown') states.set(latest, 'coming');
  }
  return states;
}

/** Submits JobSpecs. A failure to write one becomes a problem and doesn't stop the others. */
async function submitAll(folder: WatchFolder, done: Retry): Promise<Retry> {
  const jobs: RetryJob[] = [];
  const problems: string[] = [];
  for (const job of done.jobs)
    try {
      const bytes = Buffer.from(`${JSON.stringify(job.jobspec, null, 2)}\n`);
      await submitFile(bytes, folder.pending, job.name);
      jobs.push(job);
    } catch (error) {
      const fact = error instanceof JobFailure ? 'its name is taken' : errorMessage(error);
      problems.push(`${job.name} can't be written to ${folder.pending}: ${fact}.`);
    }
  return { ...done, jobs, problems: [...done.problems, ...problems] };
}

function refused({ name, result }: EndedJob, clips: number): string {
  return `${name}: ${plural(clips, 'clip')} would be rejected again, because of the JobSpec. Submit a corrected one. (${result.failure_reason})`;
}
