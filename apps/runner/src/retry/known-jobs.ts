import { join } from 'node:path';
import { parseJobSpec, JobFailure } from '@app/jobspec';
import {
  isResultName,
  jobNameOfResult,
  refusalOfName,
  resultNameOf,
  stemOf,
} from '@app/jobspec/folder';
import { readRequested } from '@app/jobspec/result';
import {
  attemptsOfEnded,
  attemptsToCome,
  type AskedJob,
  type JobAttempt,
} from '@app/jobspec/ledger';
import { errorFact, readdir, stat } from '../files/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { readResult } from '../results/index.ts';
import { readJobFile, type WatchFolder } from '../watch/folder/index.ts';
import { RetryRefusal } from './retry-refusal.ts';

/** A job in `failed/`. */
export interface FailedJob {
  /** As it is archived. */
  name: string;
  jobId: string;
  /** When it ended, in milliseconds. */
  at: number;
  /** Why it failed. */
  reason: string;
}

/** All attempts at proxies that a watch folder knows, and its failed jobs. */
export interface KnownJobs {
  attempts: (JobAttempt & { job: string })[];
  failed: FailedJob[];
  /** A sentence for each result that can't be read. */
  unreadable: string[];
}

/** Reads what waits, runs and has ended in a watch folder. @throws RetryRefusal when one of its folders can't be listed. */
export async function knownJobs(folder: WatchFolder): Promise<KnownJobs> {
  const known: KnownJobs = { attempts: [], failed: [], unreadable: [] };
  for (const archive of [folder.completed, folder.failed])
    await severalAtOnce((await namesIn(archive)).filter(isResultName), (name) =>
      addEnded(known, archive, name, archive === folder.failed),
    );
  for (const state of ['pending', 'running'] as const)
    await severalAtOnce(
      (await namesIn(folder[state])).filter((name) => refusalOfName(name) === null),
      (name) => addComing(known, folder[state], name, state === 'pending' ? 'waiting' : 'running'),
    );
  return known;
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: unknown) => {
    const sentence = `${directory} can't be listed: ${errorFact(error)}. Without it nobody knows what is made.`;
    throw new RetryRefusal([sentence], true);
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
    const asked = await askedOf(join(directory, job));
    for (const attempt of attemptsOfEnded(head, clips, asked))
      known.attempts.push({ ...attempt, job });
    const at = Date.parse(head.completed_at) || 0;
    if (isFailed)
      known.failed.push({ name: job, jobId: head.job_id, at, reason: head.failure_reason ?? '' });
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
  const asked = await askedOf(path);
  if (asked === null) return;
  const at = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  for (const attempt of attemptsToCome(state, asked, at)) known.attempts.push({ ...attempt, job });
}

/** What a JobSpec asks for; `null` for one that can't be read or breaks the contract. */
async function askedOf(path: string): Promise<AskedJob | null> {
  try {
    const { reading } = await readJobFile(path);
    const spec = parseJobSpec(reading);
    return { sources: spec.sources, requested: readRequested(spec) };
  } catch {
    return null;
  }
}

/** A failed job's JobSpec as JSON, its paths as they are written, once it has been found to honour the contract; else why it doesn't, a sentence. */
export async function specOf(path: string): Promise<Record<string, unknown> | string> {
  try {
    const { bytes, reading } = await readJobFile(path);
    parseJobSpec(reading);
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof JobFailure)
      return `${stemOf(path)}.json breaks the contract, and would again. Submit one that is right. (${error.message})`;
    return `${path} can't be read: ${errorFact(error)}.`;
  }
}
