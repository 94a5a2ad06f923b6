import { basename, dirname, join } from 'node:path';
import {
  ARCHIVES,
  isResultName,
  jobNameOfResult,
  refusalOfName,
  stemOf,
} from '@app/jobspec/folder';
import {
  attemptsOfEnded,
  attemptsToCome,
  type AskedJob,
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

/** What is needed of a clip: how it was made, and what encoders said, is most of a result. */
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
  /** As it is archived. */
  name: string;
  archive: (typeof ARCHIVES)[number];
  result: ReadResult<EndedClip>;
  /** Of a job that failed, what it was to make; `null` when that can't be told. */
  asked: AskedJob | null;
}

/** A job that waits or runs. */
export interface ComingJob {
  name: string;
  state: 'waiting' | 'running';
  /** When it was handed in, in milliseconds. */
  at: number;
  /** SHA-256 of its JobSpec. */
  sha256: string;
  asked: AskedJob;
}

/** The jobs of a watch folder. */
export interface KnownJobs {
  coming: ComingJob[];
  /** The earliest first. */
  ended: EndedJob[];
  /** A sentence for each result that can't be read. */
  unreadable: string[];
}

/** An attempt with its job, and what the result says of its clip where that lists it. */
export interface KnownAttempt extends JobAttempt {
  job: ComingJob | EndedJob;
  clip: EndedClip | undefined;
}

/**
 * Reads what waits, runs and has ended in a watch folder, in the order in which jobs travel: one that goes on meanwhile is met twice
 * rather than never.
 *
 * @throws Refusal when one of its folders can't be listed.
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
  const { sha256, ...asked } = job;
  const at = await stat(path).then(({ mtimeMs }) => mtimeMs, Date.now);
  return { name, state, at, sha256, asked };
}

async function endedJob(path: string, archive: EndedJob['archive']): Promise<EndedJob | null> {
  const name = jobNameOfResult(basename(path));
  if (refusalOfName(name) !== null) return null;
  const result = await readResult(path, withoutRecords);
  // A job that failed doesn't list what it never began.
  const isWhole = result.failure_type === null;
  const asked = isWhole
    ? null
    : await requestedJob(join(dirname(path), name), result._metadata.jobspec_sha256);
  return { name, archive, result, asked };
}

function withoutRecords(clip: ReadClip): EndedClip {
  return Object.fromEntries(FIELDS.map((key) => [key, clip[key]])) as EndedClip;
}

/**
 * What lies in a state folder of a watch folder: nothing as long as no runner has made it.
 *
 * @throws Refusal when that can't be told, for then nobody knows which proxies jobs make.
 */
export async function namesInState(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // A link that leads nowhere is a storage that isn't mounted.
    if (!(await exists(directory).catch(() => true))) return [];
    const sentence = `${directory} can't be listed: ${errorFact(error)}. Without it nobody knows what jobs make.`;
    throw new Refusal('folder', sentence);
  }
}

/** All attempts at proxies of some jobs. */
export function attemptsOf({ coming, ended }: Pick<KnownJobs, 'coming' | 'ended'>): KnownAttempt[] {
  return [
    ...coming.flatMap((job) =>
      attemptsToCome(job.state, job.asked, job.at).map((attempt) =>
        Object.assign(attempt, { job, clip: undefined }),
      ),
    ),
    ...ended.flatMap((job) =>
      attemptsOfEnded(job.result, job.result.clips, job.asked).map((attempt) =>
        Object.assign(attempt, { job, clip: job.result.clips[attempt.index] }),
      ),
    ),
  ];
}

/** When a job ended, in milliseconds. */
export function endOf({ result }: EndedJob): number {
  return Date.parse(result.completed_at) || 0;
}

/** Whether people may mean a job by a name: its file, with or without a path or its extension, or its id. */
export function isCalled({ name, result }: EndedJob, called: string): boolean {
  return [name, stemOf(name), result.job_id].includes(basename(called));
}
