import { createHash } from 'node:crypto';
import type { JobResult } from '@app/jobspec/result';
import type { JobSpecFacts } from './job-row.ts';
import { isObject, parseJson, text, texts } from './narrow.ts';
import { NotAResult, narrowResult } from './narrow-result.ts';
import { readListedFile, type ReadOutcome } from './read-listed-file.ts';

/** A result of 10,000 clips, the most a job may have, is about half of this. */
export const RESULT_LIMIT_BYTES = 64 * 2 ** 20;
/** The contract's own limit for a JobSpec. */
export const JOBSPEC_LIMIT_BYTES = 8 * 2 ** 20;

export const jobFileOf = (base: string) => `${base}.json`;
export const resultFileOf = (base: string) => `${base}.result.json`;

export interface ReadResult {
  outcome: ReadOutcome;
  /** The JSON as it is; `null` when there is none. */
  raw: unknown;
  /** `null` when it is no result of the runner. */
  result: JobResult | null;
  problem: string | null;
}

/** Reads `base.result.json` of a listed folder. A file that is no result is a sentence, never an error. */
export async function readResult(directory: string, base: string): Promise<ReadResult> {
  const name = resultFileOf(base);
  const outcome = await readListedFile(directory, name, RESULT_LIMIT_BYTES);
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

/** Reads `base.json` of a listed folder: the JobSpec, whatever its quality. */
export async function readJobSpec(directory: string, base: string): Promise<ReadJobSpec> {
  const name = jobFileOf(base);
  const nothing = { jobspec: null, facts: null };
  const outcome = await readListedFile(directory, name, JOBSPEC_LIMIT_BYTES);
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
    job_id: text(jobspec['job_id']) ?? defaultJobId(bytes),
    sources: texts(jobspec['sources']),
  };
}

/** What the runner will call a job that names no id: of the bytes without BOM and surrounding white space. */
function defaultJobId(bytes: Buffer): string {
  const trimmed = bytes.toString('utf8').trim();
  return createHash('sha256').update(trimmed).digest('hex').slice(0, 8);
}
