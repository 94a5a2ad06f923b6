import { dirname } from 'node:path';
import { JobFailure, type ClipResult } from '@app/jobspec';
import type { ClipOutcome, ClipTask } from '@app/engines';
import { errorCode, errorMessage, FileHasher, syncFile } from '../files/index.ts';
import { clipResult, Stopwatch } from '../results/index.ts';
import {
  checkOutputDirectory,
  checkSameDirectory,
  type ValidatedClip,
  type ValidatedJob,
} from '../validation/index.ts';
import { checkUnchanged } from '../sources/index.ts';
import type { ClipRecord } from './clip-journal.ts';
import { outputFailure } from './output-failure.ts';
import { createStagingFile, keepPartial, publish, stagingFolderOf } from './staging.ts';

export interface ClipContext {
  job: ValidatedJob;
  jobSha256: string;
  /** Position of the clip in the job, from 0. */
  index: number;
  journal: ClipRecord;
  signal: AbortSignal;
  onClipProgress?: ClipTask['onProgress'];
}

export interface MadeClip {
  result: ClipResult;
  /** What ended the job; `null` when the proxy is published. */
  failure: JobFailure | null;
}

const NOTHING_DONE: ClipOutcome = {
  exit_code: null,
  stderr: null,
  warnings: [],
  verification: [],
  failure: null,
};

/**
 * Makes one proxy: staging file, engine, source unchanged, durable bytes, hash, journal, final name. A file under its final
 * name is therefore always complete and verified.
 *
 * @throws only what is a defect of ours.
 */
export async function makeClip(clip: ValidatedClip, context: ClipContext): Promise<MadeClip> {
  const stopwatch = new Stopwatch();
  const { job, journal, signal } = context;
  let stagingPath: string | null = null;
  let outcome = NOTHING_DONE;
  try {
    const { jobSha256, index } = context;
    const begin = (path: string) => journal.begin(path);
    await checkSameDirectory(dirname(clip.outputPath));
    stagingPath = await createStagingFile(clip.outputPath, jobSha256, index, begin);
    outcome = await clip
      .makeProxy({ ...taskOf(clip, stagingPath), onProgress: context.onClipProgress }, signal)
      .catch((error: unknown) => notMade(error, signal));
    await judge(outcome, clip, signal);
    await syncFile(stagingPath);
    const hasher = await FileHasher.create();
    const proxy = await hasher.hash(stagingPath, () => checkGoesOn(signal));
    const result = clipResult(clip, job, outcome, stopwatch.read(), proxy);
    await journal.publish(stagingPath, result);
    const staged = stagingPath;
    await checkSameDirectory(dirname(clip.outputPath));
    await publish(staged, clip.outputPath, () => journal.reserve(staged, result));
    return { result, failure: null };
  } catch (error) {
    const failure = outputFailure(error, dirname(clip.outputPath));
    const partial = stagingPath === null ? null : await keepPartial(stagingPath);
    const result = clipResult(clip, job, outcome, stopwatch.read(), { failure, partial });
    if (partial !== null) await journal.fail(partial, result).catch(() => undefined);
    return { result, failure };
  }
}

function taskOf({ sourcePath }: ValidatedClip, stagingPath: string): ClipTask {
  return { sourcePath, stagingPath, stagingFolder: stagingFolderOf(stagingPath) };
}

/** An engine throws when a source can't be read any more, or at a stop; the output is not to blame. */
function notMade(error: unknown, signal: AbortSignal): ClipOutcome {
  if (signal.aborted) return { ...NOTHING_DONE, failure: interrupted() };
  if (error instanceof JobFailure) return { ...NOTHING_DONE, failure: error };
  if (errorCode(error) === undefined) throw error;
  const message = `The engine could not go on: ${errorMessage(error)}`;
  return { ...NOTHING_DONE, failure: new JobFailure('EngineError', message, { cause: error }) };
}

/**
 * A source that changed explains whatever the engine says, a lost output directory how it failed; only an interruption
 * comes before them.
 */
async function judge(outcome: ClipOutcome, clip: ValidatedClip, signal: AbortSignal) {
  checkGoesOn(signal);
  await checkUnchanged(clip.sourcePath, clip.fingerprint);
  if (outcome.failure === null) return;
  await checkOutputDirectory(dirname(clip.outputPath));
  throw outcome.failure;
}

function checkGoesOn(signal: AbortSignal) {
  if (signal.aborted) throw interrupted();
}

/** The failure of a job that a stop of the runner cut off. */
export function interrupted(): JobFailure {
  return new JobFailure('RunnerInterrupted', 'runner interrupted');
}
