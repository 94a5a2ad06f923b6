import { join } from 'node:path';
import { isSameJob, JobFailure, parseJobSpec, plural } from '@app/jobspec';
import type { JsonObject } from '@app/jobspec/folder';
import { jobForSources } from '@app/jobspec/ledger';
import { errorFact, readJobFile, type WatchFolder } from '@app/storage';
import type { EndedJob, KnownAttempt } from '../jobs/known-jobs.ts';
import { freeName } from './retry-name.ts';

/** JobSpec for clips that a failed job left unmade. */
export interface RetryJob {
  /** File name. */
  name: string;
  /** Failed job. */
  of: string;
  jobspec: Record<string, unknown>;
}

/** Returns the JobSpecs for the rest of a job, or a sentence on why there are none. */
export async function retryJobs(
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
    const names = [...others, ...jobs].map(({ name }) => name);
    const name = await freeName(folder, job.name, names);
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

/** Splits attempts: each clip that failed, or that its job was refused for, is alone; the rest are together. */
function groupAttempts(attempts: readonly KnownAttempt[]): KnownAttempt[][] {
  const rest = attempts.filter((attempt) => !hasFailedItself(attempt));
  const alone = attempts.filter(hasFailedItself).map((one) => [one]);
  return [...(rest.length > 0 ? [rest] : []), ...alone];
}

function hasFailedItself({ state, cause }: KnownAttempt): boolean {
  return state === 'failed' || (state === 'refused' && cause?.source_index !== undefined);
}

function numbered(name: string, left: number, all: number): string {
  return `${name}: ${plural(left, 'proxy')} of ${all} are left, and {index} in its template would name them differently in a job of their own. Submit a JobSpec with {source_name}.`;
}
