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
import { NotAResult, readRequested, readResult as readBytes } from '@app/jobspec/result';
import type { ClipVisitor, ReadHead, RequestedProxy } from '@app/jobspec/result';
import { readListedFile, type ReadOutcome, type Stamp } from './read-listed-file.ts';
import type { ShownFile } from './shown-file.ts';

/** What became of a file, and what could be read of it. */
export interface ReadFile {
  outcome: ReadOutcome<unknown>;
  problem: string | null;
  /** `null` when it can't be read. */
  shown: ShownFile | null;
}

export interface ReadResult extends ReadFile {
  /** `null` when it is not a result of the runner. */
  result: ReadHead | null;
}

/**
 * Reads `base.result.json` of a listed folder. A file that is not a result is a sentence, never an error.
 * @param visit is given each clip; for a file that turns out not to be a result, those before the flaw
 */
export async function readResult(
  directory: string,
  base: string,
  visit: ClipVisitor,
  deadline?: number,
): Promise<ReadResult> {
  const name = resultNameOf(jobNameOf(base));
  const take = (bytes: Buffer) => ({ ...judged(bytes, visit, name), bytes: bytes.length });
  const outcome = await readListedFile(directory, name, {
    limit: MAX_RESULT_BYTES,
    take,
    deadline,
  });
  const path = join(/* turbopackIgnore: true */ directory, name);
  if (outcome.kind !== 'content') return { outcome, result: null, ...unread(outcome, name) };
  const { result, problem } = outcome.value;
  return { outcome, result, problem, shown: shownFile(path, outcome) };
}

function judged(
  bytes: Buffer,
  visit: ClipVisitor,
  name: string,
): { result: ReadHead | null; problem: string | null; isJson: boolean } {
  try {
    return { result: readBytes(bytes, visit), problem: null, isJson: true };
  } catch (error) {
    const isJson = error instanceof NotAResult && error.isJson;
    return { result: null, problem: `${name} ${flawOf(error)}.`, isJson };
  }
}

/** What the index takes from a JobSpec. */
export interface JobSpecFacts {
  job_id: string | null;
  sources: string[];
  /** Which proxies it asks for. */
  requested: RequestedProxy | null;
  /** All but the sources, of any quality. */
  spec?: JsonObject;
}

export interface ReadJobSpec extends ReadFile {
  facts: JobSpecFacts | null;
}

/** Reads `base.json` of a listed folder: the JobSpec, whatever its quality. */
export async function readJobSpec(
  directory: string,
  base: string,
  deadline?: number,
): Promise<ReadJobSpec> {
  const name = jobNameOf(base);
  const take = (bytes: Buffer) => ({ ...specOf(bytes, name), bytes: bytes.length });
  const outcome = await readListedFile(directory, name, {
    limit: MAX_JOBSPEC_BYTES,
    take,
    deadline,
  });
  const path = join(/* turbopackIgnore: true */ directory, name);
  if (outcome.kind !== 'content') return { outcome, facts: null, ...unread(outcome, name) };
  const { facts, problem } = outcome.value;
  return { outcome, facts, problem, shown: shownFile(path, outcome) };
}

function specOf(
  bytes: Buffer,
  name: string,
): { facts: JobSpecFacts | null; problem: string | null; isJson: boolean } {
  try {
    return { facts: factsOf(bytes), problem: null, isJson: true };
  } catch (error) {
    return { facts: null, problem: `${name} ${flawOf(error)}.`, isJson: false };
  }
}

function unread(outcome: ReadOutcome<unknown>, name: string) {
  const problem = outcome.kind === 'problem' ? outcome.problem : `${name} is gone.`;
  return { problem, shown: null };
}

function shownFile(
  path: string,
  { value, stamp }: { value: { bytes: number; isJson: boolean }; stamp: Stamp },
): ShownFile {
  return { path, stamp, bytes: value.bytes, isJson: value.isJson };
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
