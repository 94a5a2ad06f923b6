import {
  jobIdOf,
  jobNameOf,
  MAX_JOBSPEC_BYTES,
  MAX_RESULT_BYTES,
  resultNameOf,
} from '@app/jobspec/folder';
import type { JobResult } from '@app/jobspec/result';
import type { JobSpecFacts } from './job-row.ts';
import { isObject, parseJson, texts } from './narrow.ts';
import { NotAResult, narrowResult } from './narrow-result.ts';
import { readListedFile, type ReadOutcome } from './read-listed-file.ts';

export interface ReadResult {
  outcome: ReadOutcome;
  /** The JSON as it is; `null` when there is none. */
  raw: unknown;
  /** `null` when it is no result of the runner. */
  result: JobResult | null;
  problem: string | null;
}

/** Reads the result of a job that a listing has shown. @param stem the name of the job without extension. A file that is no result is a sentence, never an error. */
export async function readResult(directory: string, stem: string): Promise<ReadResult> {
  const name = resultNameOf(jobNameOf(stem));
  const outcome = await readListedFile(directory, name, MAX_RESULT_BYTES);
  const nothing = { outcome, raw: null, result: null };
  if (outcome.kind === 'gone') return { ...nothing, problem: `${name} is gone.` };
  if (outcome.kind === 'problem') return { ...nothing, problem: outcome.problem };
  try {
    const raw = parseJson(outcome.bytes);
    return { outcome, raw, ...judged(raw, name) };
  } catch (error) {
    return { ...nothing, problem: `${name} ${flawOf(error)}.` };
  }
}

function judged(raw: unknown, name: string): Pick<ReadResult, 'result' | 'problem'> {
  try {
    return { result: narrowResult(raw), problem: null };
  } catch (error) {
    if (!(error instanceof NotAResult)) throw error;
    return { result: null, problem: `${name} ${error.message}.` };
  }
}

export interface ReadJobSpec {
  outcome: ReadOutcome;
  /** The JSON as it is; `null` when there is none. */
  jobspec: unknown;
  facts: JobSpecFacts | null;
  problem: string | null;
}

/** Reads a JobSpec that a listing has shown, whatever its quality. @param stem the name of the job without extension. */
export async function readJobSpec(directory: string, stem: string): Promise<ReadJobSpec> {
  const name = jobNameOf(stem);
  const nothing = { jobspec: null, facts: null };
  const outcome = await readListedFile(directory, name, MAX_JOBSPEC_BYTES);
  if (outcome.kind === 'gone') return { outcome, ...nothing, problem: `${name} is gone.` };
  if (outcome.kind === 'problem') return { outcome, ...nothing, problem: outcome.problem };
  try {
    const jobspec = parseJson(outcome.bytes);
    return { outcome, jobspec, facts: factsOf(jobspec, outcome.bytes), problem: null };
  } catch (error) {
    return { outcome, ...nothing, problem: `${name} ${flawOf(error)}.` };
  }
}

function flawOf(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  return 'is not complete JSON: it is half-written or damaged';
}

function factsOf(jobspec: unknown, bytes: Buffer): JobSpecFacts | null {
  if (!isObject(jobspec)) return null;
  return {
    job_id: jobIdOf(bytes, jobspec),
    sources: texts(jobspec['sources']),
  };
}
