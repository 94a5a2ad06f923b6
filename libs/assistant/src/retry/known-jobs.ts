import { join } from 'node:path';
import { isSameJob, JobFailure, parseJobSpec } from '@app/jobspec';
import {
  isResultName,
  type JsonObject,
  jobNameOfResult,
  refusalOfName,
  resultNameOf,
} from '@app/jobspec/folder';
import { attemptsOfEnded, attemptsToCome, type JobAttempt } from '@app/jobspec/ledger';
import {
  errorFact,
  readdir,
  stat,
  severalAtOnce,
  askedJob,
  readResult,
  readJobFile,
  type WatchFolder,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';

/** A job in `failed/`. */
export interface FailedJob {
  /** As it is archived. */
  name: string;
  jobId: string;
  /** Of the JobSpec that was claimed, SHA-256 in hexadecimal digits. */
  sha256: string;
  /** When it ended, in milliseconds. */
  at: number;
  /** Why it failed. */
  reason: string;
  /** Whether it was refused before anything was begun. */
  isRefused: boolean;
}

/** All attempts at proxies that a watch folder knows, and its failed jobs. */
export interface KnownJobs {
  attempts: (JobAttempt & { job: string })[];
  failed: FailedJob[];
  /** A sentence for each result that can't be read. */
  unreadable: string[];
}

/**
 * Reads what waits, runs and has ended in a watch folder, in the order in which jobs travel: one that goes on meanwhile is met twice
 * rather than never.
 *
 * @throws Refusal when one of its folders can't be listed.
 */
export async function knownJobs(folder: WatchFolder): Promise<KnownJobs> {
  const known: KnownJobs = { attempts: [], failed: [], unreadable: [] };
  for (const state of ['pending', 'running'] as const)
    await severalAtOnce(
      (await namesIn(folder[state])).filter((name) => refusalOfName(name) === null),
      (name) => addComing(known, folder[state], name, state === 'pending' ? 'waiting' : 'running'),
    );
  for (const archive of [folder.completed, folder.failed])
    await severalAtOnce((await namesIn(archive)).filter(isResultName), (name) =>
      addEnded(known, archive, name, archive === folder.failed),
    );
  return known;
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: unknown) => {
    const sentence = `${directory} can't be listed: ${errorFact(error)}. Without it nobody knows what is made.`;
    throw new Refusal('folder', sentence);
  });
}

async function addEnded(known: KnownJobs, directory: string, name: string, isFailed: boolean) {
  const job = jobNameOfResult(name);
  if (refusalOfName(job) !== null) return;
  try {
    const { clips, ...head } = await readResult(join(directory, name), (clip) => ({
      source_path: clip.source_path,
      resolved_output_path: clip.resolved_output_path,
      status: clip.status,
      completed_at: clip.completed_at,
      facts: clip.facts,
    }));
    const { job_id: jobId, _metadata: metadata, failure_reason: reason } = head;
    const sha256 = metadata.jobspec_sha256;
    const asked = await askedJob(join(directory, job), sha256);
    for (const attempt of attemptsOfEnded(head, clips, asked))
      known.attempts.push({ ...attempt, job });
    const at = Date.parse(head.completed_at) || 0;
    const isRefused = head.final_status === 'PARTIAL';
    if (isFailed)
      known.failed.push({ name: job, jobId, sha256, at, reason: reason ?? '', isRefused });
  } catch (error) {
    known.unreadable.push(
      `${join(directory, resultNameOf(job))} can't be read: ${errorFact(error)}.`,
    );
  }
}

async function addComing(
  known: KnownJobs,
  directory: string,
  job: string,
  state: 'waiting' | 'running',
) {
  const path = join(directory, job);
  const asked = await askedJob(path);
  if (asked === null) return;
  const at = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  for (const attempt of attemptsToCome(state, asked, at)) known.attempts.push({ ...attempt, job });
}

/** A JobSpec as JSON, its paths as they are written, and the id that its job had. */
export interface ArchivedJob {
  spec: JsonObject;
  jobId: string;
}

/** A failed job's JobSpec, once it has been found to be the one that was claimed and to honour the contract; else why not, a sentence. */
export async function archivedJob(
  { name, sha256 }: FailedJob,
  { failed }: WatchFolder,
): Promise<ArchivedJob | string> {
  const path = join(failed, name);
  try {
    const file = await readJobFile(path);
    const { bytes, reading } = file;
    if (!isSameJob(file, sha256))
      return `${path} has been changed since it was claimed. Submit a JobSpec that is right.`;
    parseJobSpec(reading);
    const spec = JSON.parse(new TextDecoder().decode(bytes)) as JsonObject;
    return { spec, jobId: reading.jobId };
  } catch (error) {
    if (error instanceof JobFailure)
      return `${name} breaks the contract, and would again. Submit one that is right. (${error.message})`;
    return `${path} can't be read: ${errorFact(error)}.`;
  }
}
