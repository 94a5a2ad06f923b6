import { randomUUID } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { JobFailure, plural, isSameJob, parseJobSpec, printable, timestamp } from '@app/jobspec';
import { grouped, jobNameOf, stemOf, type JsonObject } from '@app/jobspec/folder';
import { INVENTORY_EXTENSION } from '@app/jobspec/inventory';
import {
  byProxy,
  byTime,
  needsRetry,
  isRefusedForGood,
  jobForSources,
  proxyStatus,
} from '@app/jobspec/ledger';
import { tryLock } from 'fs-native-extensions';
import {
  errorFact,
  errorMessage,
  exists,
  open,
  submitFile,
  isDirectory,
  outerFolderOf,
  realPathOf,
  readJobFile,
  WatchFolder,
  isNameBusy,
  closing,
  closingOnFailure,
  whoRuns,
} from '@app/storage';
import { misuse, Refusal } from '../refusal/refusal.ts';
import {
  attemptsOf,
  matchesName,
  knownJobs,
  type EndedJob,
  type KnownAttempt,
  type KnownJobs,
} from '../jobs/known-jobs.ts';
import { inventoryOf, notPlanned } from '../jobs/not-planned.ts';

export interface RetryRequest {
  folder: string;
  /** Names of failed jobs, with or without `.json`, or job ids; all failed jobs if empty. */
  jobs: readonly string[];
  /** Dry run: nothing is submitted. */
  isDry: boolean;
}

/** Failed jobs and clips that are no longer to be reported. */
export interface Dismissal {
  folder: string;
  /** Dry run: nothing is dismissed. */
  isDry: boolean;
  /** Names of failed jobs, as in {@link RetryRequest}, and paths of clips. */
  jobs: readonly string[];
}

/** JobSpec for clips that a failed job left unmade. */
export interface RetryJob {
  /** File name. */
  name: string;
  /** Failed job. */
  of: string;
  jobspec: Record<string, unknown>;
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

/**
 * Maximum length of a stem, in UTF-16 code units of at most 3 bytes each; leaves room for a suffix in a name of 255
 * bytes.
 */
const MAX_STEM_LENGTH = 75;

/**
 * Submits JobSpecs for what failed jobs left unmade. Clips that are made, waiting or running are skipped, and so are
 * those refused because of the JobSpec, which would be refused again. A clip that failed gets a JobSpec of its own, so
 * that it can't block others; the rest share one.
 *
 * @throws Refusal
 */
export async function retry(request: RetryRequest): Promise<Retry> {
  const folder = new WatchFolder(resolve(request.folder));
  await checkFolder(folder);
  await folder.prepare().catch((error: unknown) => {
    throw new Refusal('folder', errorMessage(error));
  });
  return closing(await lockOf(folder), () => retryIn(folder, request));
}

/**
 * Dismisses failed jobs and unplanned clips: `retry` and hand-over no longer report them, and the jobs stay in
 * `failed/`. Later failures, and clips that change, are reported again. A clip, unplanned or alone in its failed job,
 * is named by its path, or by its file name if no other has it.
 *
 * @returns the dismissed names and paths
 * @throws Refusal
 */
export async function dismiss({ folder: root, jobs, isDry }: Dismissal): Promise<string[]> {
  if (jobs.length === 0) throw misuse('--dismiss needs names of failed jobs or of clips.');
  const folder = new WatchFolder(resolve(root));
  await checkFolder(folder);
  const inventory = await inventoryOf(folder);
  const known = await knownJobs(folder);
  const failed = failedJobs(known);
  const entries = new Map(notPlanned(inventory, known).clips.map(({ path }) => [path, [path]]));
  for (const job of failed) {
    const [only, other] = attemptsOf({ coming: [], ended: [job] });
    if (only === undefined || other !== undefined) continue;
    entries.set(only.source, [...(entries.get(only.source) ?? []), job.name]);
  }
  const [chosen, names] = [[] as string[], [] as string[]];
  for (const name of jobs) {
    const path = (await realPathOf(resolve(name))).real;
    const same = [...entries.keys()].filter((one) => one === path || basename(one) === name);
    if (same.length > 1)
      throw misuse(`${printable(name)} is the name of ${same.length} clips. Give the path of one.`);
    if (same[0] === undefined) names.push(name);
    else chosen.push(...(entries.get(same[0]) ?? []));
  }
  if (names.length > 0) chosen.push(...selectJobs(failed, names, true).map(({ name }) => name));
  if (isDry) return chosen;
  const at = timestamp(new Date());
  const by = whoRuns();
  const lines = chosen.map((dismissed) => `${JSON.stringify({ at, dismissed, by })}\n`);
  const name = `dismiss-${randomUUID()}${INVENTORY_EXTENSION}`;
  await submitFile(Buffer.from(lines.join('')), folder.pending, name).catch((error: unknown) => {
    throw new Refusal('folder', `${folder.pending} can't be written to: ${errorFact(error)}.`);
  });
  return chosen;
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
  const failed = failedJobs(known).filter((job) => jobs.length > 0 || !isDismissed(job));
  for (const job of selectJobs(failed, jobs)) {
    const own = byJob.get(job) ?? [];
    const inState = (state: ClipState) => own.filter((attempt) => states.get(attempt) === state);
    const unmade = inState('left');
    const rest = unmade.filter((attempt) => !isRefusedForGood(attempt));
    done.coming += inState('coming').length;
    done.made += inState('made').length;
    if (rest.length < unmade.length) done.problems.push(refused(job, unmade.length - rest.length));
    if (rest.length === 0 && own.length > 0) continue;
    const retryJobs = await jobsFor(job, rest, { folder, others: done.jobs, all: own.length });
    if (typeof retryJobs === 'string') done.problems.push(retryJobs);
    else done.jobs.push(...retryJobs);
  }
  return isDry ? done : submitAll(folder, done);
}

/** Returns the JobSpecs for the rest of a job, or a sentence on why there are none. */
async function jobsFor(
  job: EndedJob,
  rest: readonly KnownAttempt[],
  { folder, others, all }: { folder: WatchFolder; others: readonly RetryJob[]; all: number },
): Promise<RetryJob[] | string> {
  const archived = await archivedJob(job, folder);
  if (typeof archived === 'string') return archived;
  const { spec, jobId } = archived;
  const isNumbered = String(spec['naming_template']).includes('{index}');
  const groups = isNumbered ? [rest.toSorted((a, b) => a.index - b.index)] : groupAttempts(rest);
  const jobs: RetryJob[] = [];
  for (const group of groups) {
    const indices = group.map(({ index }) => index);
    const jobspec = jobForSources(spec, indices, jobId);
    if (jobspec === null) return numbered(job.name, rest.length, all);
    const name = await freeName(folder, job, [...others, ...jobs]);
    jobs.push({ name, of: job.name, jobspec });
  }
  return jobs;
}

/** JobSpec as JSON with its paths as written, and its job id. */
interface ArchivedJob {
  spec: JsonObject;
  jobId: string;
}

/** Reads a failed job's JobSpec. Returns a sentence if it has been changed since it was claimed, or is invalid. */
async function archivedJob(
  { name, result }: EndedJob,
  { failed }: WatchFolder,
): Promise<ArchivedJob | string> {
  const path = join(failed, name);
  try {
    const file = await readJobFile(path);
    const { bytes, reading } = file;
    if (!isSameJob(file, result._metadata.jobspec_sha256))
      return `${path} was changed after it was claimed. Submit a corrected JobSpec.`;
    parseJobSpec(reading);
    const spec = JSON.parse(new TextDecoder().decode(bytes)) as JsonObject;
    return { spec, jobId: reading.jobId };
  } catch (error) {
    if (error instanceof JobFailure)
      return `${name} breaks the contract, and would do so again. Submit a corrected one. (${error.message})`;
    return `${path} can't be read: ${errorFact(error)}.`;
  }
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

/** Splits attempts: each clip that failed, or that its job was refused for, is alone; the rest are together. */
function groupAttempts(attempts: readonly KnownAttempt[]): KnownAttempt[][] {
  const rest = attempts.filter((attempt) => !hasFailedItself(attempt));
  const alone = attempts.filter(hasFailedItself).map((one) => [one]);
  return [...(rest.length > 0 ? [rest] : []), ...alone];
}

function hasFailedItself({ state, cause }: KnownAttempt): boolean {
  return state === 'failed' || (state === 'refused' && cause?.source_index !== undefined);
}

function failedJobs({ ended }: Pick<KnownJobs, 'ended'>): EndedJob[] {
  return ended.filter(({ archive }) => archive === 'failed');
}

const NO_JOB = 'no failed job. Name a job as its file in failed/ or its job id';
const NO_CLIP =
  'no failed job, and no clip that was left out. Name a job as its file in failed/ or its job id, a clip by its file name or its whole path';

/** @throws Refusal if no failed job has one of the names */
function selectJobs(
  failed: readonly EndedJob[],
  names: readonly string[],
  isDismissal = false,
): EndedJob[] {
  if (names.length === 0) return [...failed];
  const unknown = names.filter((name) => !failed.some((job) => matchesName(job, name)));
  if (unknown.length > 0)
    throw new Refusal(
      'failed',
      ...unknown.map((name) => `${printable(name)} is ${isDismissal ? NO_CLIP : NO_JOB}.`),
    );
  return failed.filter((job) => names.some((name) => matchesName(job, name)));
}

/** A missing folder may be a share that isn't mounted, and is not created. */
async function checkFolder(folder: WatchFolder) {
  // A watch folder created by `plan` only has its first folder.
  const isThere = (await isDirectory(folder.own)) || (await isDirectory(folder.pending));
  const outer = isThere ? await outerFolderOf(folder.root) : null;
  if (outer?.isInside)
    throw new Refusal(
      'folder',
      `${folder.root} belongs to the watch folder ${outer.root}. Name that one.`,
    );
  if (isThere) return;
  const advice = 'Name one on which a runner has worked, or check the path and the mount.';
  throw new Refusal('folder', `${folder.root} is not a watch folder. ${advice}`);
}

/** Two retries at once would submit the same clips. @throws Refusal */
async function lockOf(folder: WatchFolder) {
  const path = join(folder.own, 'retry.lock');
  const file = await open(path, 'a').catch((error: unknown) => {
    throw new Refusal('folder', `${path} can't be opened: ${errorFact(error)}.`);
  });
  return closingOnFailure(file, async () => {
    if (tryLock(file.fd)) return file;
    const sentence = `Another retry is at work on ${folder.root}. Wait until it has ended.`;
    throw new Refusal('failed', sentence);
  });
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

/** Name such as `day1-C0001-h264-3c16ac52-retry.json`, numbered if taken. */
async function freeName(folder: WatchFolder, { name: of }: EndedJob, others: readonly RetryJob[]) {
  const stem = `${stemOf(of)
    .replace(/-retry(-\d+)?$/, '')
    .slice(0, MAX_STEM_LENGTH)
    .toWellFormed()}-retry`;
  // Names given in this retry count as taken.
  const own = others.filter(({ name }) => name.startsWith(stem)).length;
  for (let number = own + 1; ; number++) {
    const name = jobNameOf(number === 1 ? stem : `${stem}-${number}`);
    const isTaken = others.some((one) => one.name === name) || (await isKnown(folder, name));
    if (!isTaken) return name;
  }
}

/** True if a job has or had this name; reusing it would be ambiguous. */
async function isKnown(folder: WatchFolder, name: string): Promise<boolean> {
  for (const state of [folder.pending, folder.completed, folder.failed])
    if (await exists(join(state, name))) return true;
  return isNameBusy(folder, name);
}

function refused({ name, result }: EndedJob, clips: number): string {
  return `${name}: ${plural(clips, 'clip')} would be rejected again, because of the JobSpec. Submit a corrected one. (${result.failure_reason})`;
}

function numbered(name: string, left: number, all: number): string {
  return `${name}: ${plural(left, 'proxy')} of ${all} are left, and {index} in its template would name them differently in a job of their own. Submit a JobSpec with {source_name}.`;
}
