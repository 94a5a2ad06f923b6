import { basename, dirname, join } from 'node:path';
import {
  ARCHIVES,
  isResultName,
  jobNameOfResult,
  refusalOfName,
  stemOf,
} from '@app/jobspec/folder';
import {
  finishedAttempts,
  unfinishedAttempts,
  type RequestedJob,
  type JobAttempt,
} from '@app/jobspec/ledger';
import type { ReadClip } from '@app/jobspec/result';
import {
  requestedJob,
  errorFact,
  exists,
  readdir,
  readResult,
  mapConcurrently,
  stat,
  type ReadResult,
  type WatchFolder,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';

/** Clip fields that are kept. Run records and encoder output make up most of a result. */
const FIELDS = [
  'source_path',
  'resolved_output_path',
  'status',
  'output_size_bytes',
  'failure_type',
  'failure_reason',
  'output_xxh64',
  'completed_at',
  'facts',
] as const satisfies readonly (keyof ReadClip)[];
export type EndedClip = Pick<ReadClip, (typeof FIELDS)[number]>;

export interface EndedJob {
  /** Archived file name. */
  name: string;
  archive: (typeof ARCHIVES)[number];
  result: ReadResult<EndedClip>;
  /** JobSpec of a job that failed; `null` for other jobs, or if it can't be read. */
  request: RequestedJob | null;
}

/** Waiting or running job. */
export interface ComingJob {
  name: string;
  state: 'waiting' | 'running';
  /** Submission time, in milliseconds since the epoch. */
  at: number;
  /** SHA-256 of its JobSpec. */
  sha256: string;
  jobId: string;
  request: RequestedJob;
}

/** Jobs of a watch folder. */
export interface KnownJobs {
  coming: ComingJob[];
  /** Earliest first. */
  ended: EndedJob[];
  /** One sentence for each unreadable result. */
  unreadable: string[];
}

/** Attempt with its job, and its clip if the result lists it. */
export interface KnownAttempt extends JobAttempt {
  job: ComingJob | EndedJob;
  clip: EndedClip | undefined;
}

/**
 * Reads the waiting, running and ended jobs of a watch folder. States are read in the order in which jobs move, so a
 * job that moves meanwhile may be read twice but is never missed.
 *
 * @throws Refusal if one of the folders can't be listed
 */
export async function knownJobs(folder: WatchFolder): Promise<KnownJobs> {
  const known: KnownJobs = { coming: [], ended: [], unreadable: [] };
  for (const [place, state] of [
    ['pending', 'waiting'],
    ['running', 'running'],
  ] as const) {
    const names = await namesInState(folder[place]);
    const jobs = names.filter((name) => refusalOfName(name) === null);
    await mapConcurrently(jobs, async (name) => {
      const job = await comingJob(folder[place], name, state);
      if (job !== null) known.coming.push(job);
    });
  }
  for (const archive of ARCHIVES) {
    const names = await namesInState(folder[archive]);
    await mapConcurrently(names.filter(isResultName), (name) =>
      endedJob(join(folder[archive], name), archive).then(
        (job) => job && known.ended.push(job),
        (error: unknown) =>
          known.unreadable.push(
            `${join(folder[archive], name)} can't be read: ${errorFact(error)}.`,
          ),
      ),
    );
  }
  known.ended.sort((a, b) => endOf(a) - endOf(b) || (a.name < b.name ? -1 : 1));
  return known;
}

async function comingJob(
  directory: string,
  name: string,
  state: ComingJob['state'],
): Promise<ComingJob | null> {
  const path = join(directory, name);
  const job = await requestedJob(path);
  if (job === null) return null;
  const { sha256, jobId, ...request } = job;
  const at = await stat(path).then(({ mtimeMs }) => mtimeMs, Date.now);
  return { name, state, at, sha256, jobId, request };
}

async function endedJob(path: string, archive: EndedJob['archive']): Promise<EndedJob | null> {
  const name = jobNameOfResult(basename(path));
  if (refusalOfName(name) !== null) return null;
  const result = await readResult(path, pickFields);
  // The result of a failed job doesn't list clips that were never started.
  const isWhole = result.failure_type === null;
  const request = isWhole
    ? null
    : await requestedJob(join(dirname(path), name), result._metadata.jobspec_sha256);
  return { name, archive, result, request };
}

function pickFields(clip: ReadClip): EndedClip {
  return Object.fromEntries(FIELDS.map((key) => [key, clip[key]])) as EndedClip;
}

/**
 * Lists a state folder. Empty if no runner has created the folder yet.
 *
 * @throws Refusal if it can't be listed: the proxies that jobs make would be unknown
 */
export async function namesInState(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // A dangling link points to storage that isn't mounted.
    if (!(await exists(directory).catch(() => true))) return [];
    const sentence = `${directory} can't be listed: ${errorFact(error)}. Without it nobody knows what jobs make.`;
    throw new Refusal('folder', sentence);
  }
}

/** Returns every attempt at a proxy by these jobs. */
export function attemptsOf({ coming, ended }: Pick<KnownJobs, 'coming' | 'ended'>): KnownAttempt[] {
  return [
    ...coming.flatMap((job) =>
      unfinishedAttempts(job.state, job.request, job.at).map((attempt) =>
        Object.assign(attempt, { job, clip: undefined }),
      ),
    ),
    ...ended.flatMap((job) =>
      finishedAttempts(job.result, job.result.clips, job.request).map((attempt) =>
        Object.assign(attempt, { job, clip: job.result.clips[attempt.index] }),
      ),
    ),
  ];
}

/** End of a job, in milliseconds since the epoch. */
function endOf({ result }: EndedJob): number {
  return Date.parse(result.completed_at) || 0;
}

/** True if a name given by a person refers to the job: its file, with or without path and extension, or its id. */
export function matchesName(job: ComingJob | EndedJob, called: string): boolean {
  const jobId = 'result' in job ? job.result.job_id : job.jobId;
  return [job.name, stemOf(job.name), jobId].includes(basename(called));
}
