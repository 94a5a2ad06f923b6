import {
  jobIdOf,
  jobNameOf,
  MAX_JOBSPEC_BYTES,
  MAX_RESULT_BYTES,
  resultNameOf,
} from '@app/jobspec/folder';

import { isObject } from './narrow.ts';
import { NotAResult, narrowResult, type ClipVisitor, type ResultHead } from './narrow-result.ts';
import { readJson, WHOLE_BYTES } from './read-json.ts';
import { readListedFile, type ReadOutcome } from './read-listed-file.ts';

/** The most that a job may have. */
const CLIP_LIMIT = 10_000;

export interface ReadResult {
  outcome: ReadOutcome;
  /** `null` when it is not a result of the runner. */
  result: ResultHead | null;
  problem: string | null;
  /** Whether the bytes are JSON, and may be shown as such. */
  isJson: boolean;
}

/**
 * Reads `base.result.json` of a listed folder. A file that is not a result is a sentence, never an error.
 * @param visit is given each clip; for a file that turns out not to be a result, those before the flaw
 */
export async function readResult(
  directory: string,
  base: string,
  visit: ClipVisitor,
): Promise<ReadResult> {
  const name = resultNameOf(jobNameOf(base));
  const outcome = await readListedFile(directory, name, MAX_RESULT_BYTES);
  const nothing = { outcome, result: null, isJson: false };
  if (outcome.kind === 'gone') return { ...nothing, problem: `${name} is gone.` };
  if (outcome.kind === 'problem') return { ...nothing, problem: outcome.problem };
  try {
    const { value, elements } = readJson(outcome.bytes, { long: 'clips', limit: CLIP_LIMIT });
    return { outcome, ...judged(value, elements, visit, name, outcome.bytes.length) };
  } catch (error) {
    return { ...nothing, problem: `${name} ${flawOf(error)}.` };
  }
}

function judged(
  value: unknown,
  elements: Iterable<unknown> | null,
  visit: ClipVisitor,
  name: string,
  size: number,
): Omit<ReadResult, 'outcome'> {
  try {
    return { result: narrowResult(value, elements, visit), problem: null, isJson: true };
  } catch (error) {
    if (!(error instanceof NotAResult)) throw error;
    return { result: null, problem: `${name} ${error.message}.`, isJson: size <= WHOLE_BYTES };
  }
}

/** What the index takes from a JobSpec. */
export interface JobSpecFacts {
  job_id: string | null;
  sources: string[];
}

export interface ReadJobSpec {
  outcome: ReadOutcome;
  facts: JobSpecFacts | null;
  problem: string | null;
  isJson: boolean;
}

/** Reads `base.json` of a listed folder: the JobSpec, whatever its quality. */
export async function readJobSpec(directory: string, base: string): Promise<ReadJobSpec> {
  const name = jobNameOf(base);
  const nothing = { facts: null, isJson: false };
  const outcome = await readListedFile(directory, name, MAX_JOBSPEC_BYTES);
  if (outcome.kind === 'gone') return { outcome, ...nothing, problem: `${name} is gone.` };
  if (outcome.kind === 'problem') return { outcome, ...nothing, problem: outcome.problem };
  try {
    return { outcome, facts: factsOf(outcome.bytes), problem: null, isJson: true };
  } catch (error) {
    return { outcome, ...nothing, problem: `${name} ${flawOf(error)}.` };
  }
}

function flawOf(error: unknown): string {
  if (error instanceof RangeError || error instanceof NotAResult) return error.message;
  return 'is not complete JSON: it is half-written or damaged';
}

function factsOf(bytes: Buffer): JobSpecFacts | null {
  const { value, elements } = readJson(bytes, { long: 'sources', limit: CLIP_LIMIT });
  if (!isObject(value)) return null;
  return {
    job_id: jobIdOf(bytes, value),
    sources: [...(elements ?? [])].filter((source) => typeof source === 'string'),
  };
}
