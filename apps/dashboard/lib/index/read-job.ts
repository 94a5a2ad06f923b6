import { join } from 'node:path';
import {
  isObject,
  jobIdOf,
  jobNameOf,
  MAX_JOBSPEC_BYTES,
  MAX_RESULT_BYTES,
  MAX_SOURCES,
  readPieces,
  resultNameOf,
  TooMuch,
  type JsonObject,
} from '@app/jobspec/folder';
import {
  NotAResult,
  readRequested,
  parseResult,
  type ClipVisitor,
  type ReadHead,
  type RequestedProxy,
} from '@app/jobspec/result';
import { readListedFile, type ReadOutcome } from './read-listed-file.ts';
import type { RawFile } from './raw-file.ts';

/** Outcome of reading a file. */
export interface ReadFile<T> {
  outcome: ReadOutcome<unknown>;
  /** `null` if missing or malformed. */
  content: T | null;
  /** Sentence: why it couldn't be read. */
  problem: string | null;
  /** File to stream unchanged; `null` if it can't be read. */
  raw: RawFile | null;
}

/**
 * Reads `base.result.json`. A malformed file becomes a `problem`, never an exception.
 * @param visit called with each clip; if the file is malformed, only with clips before the error
 */
export async function readResultFile(
  directory: string,
  base: string,
  visit: ClipVisitor,
): Promise<ReadFile<ReadHead>> {
  const name = resultNameOf(jobNameOf(base));
  return readFile(directory, name, MAX_RESULT_BYTES, (bytes) => parseResult(bytes, visit));
}

/** Facts that the index takes from a JobSpec. */
export interface JobSpecFacts {
  job_id: string | null;
  sources: string[];
  requested: RequestedProxy | null;
  /** Unvalidated JobSpec without its sources. */
  spec?: JsonObject;
}

/** Reads the JobSpec `base.json` without validating it. */
export async function readJobSpecFile(
  directory: string,
  base: string,
): Promise<ReadFile<JobSpecFacts>> {
  return readFile(directory, jobNameOf(base), MAX_JOBSPEC_BYTES, factsOf);
}

async function readFile<T>(
  directory: string,
  name: string,
  limit: number,
  read: (bytes: Buffer) => T | null,
): Promise<ReadFile<T>> {
  const take = (bytes: Buffer) => {
    try {
      return { content: read(bytes), problem: null, isJson: true, bytes: bytes.length };
    } catch (error) {
      const isJson = error instanceof NotAResult && error.isJson;
      const problem = `${name} ${flawOf(error)}.`;
      return { content: null, problem, isJson, bytes: bytes.length };
    }
  };
  const outcome = await readListedFile(directory, name, { limit, take });
  if (outcome.kind !== 'content') {
    const problem = outcome.kind === 'problem' ? outcome.problem : `${name} is gone.`;
    return { outcome, content: null, problem, raw: null };
  }
  const { content, problem, ...file } = outcome.value;
  const path = join(/* turbopackIgnore: true */ directory, name);
  return { outcome, content, problem, raw: { path, stamp: outcome.stamp, ...file } };
}

function flawOf(error: unknown): string {
  if ([RangeError, NotAResult, TooMuch].some((kind) => error instanceof kind))
    return (error as Error).message;
  return 'is not valid JSON';
}

function factsOf(bytes: Buffer): JobSpecFacts | null {
  const { value, elements } = readPieces(bytes, { long: 'sources', limit: MAX_SOURCES });
  if (!isObject(value)) return null;
  return {
    job_id: jobIdOf(bytes, value),
    sources: [...(elements ?? [])].filter((source) => typeof source === 'string'),
    requested: readRequested(value),
    spec: value,
  };
}
