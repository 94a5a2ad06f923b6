import { dirname } from 'node:path';
import type { ClipResult, JobFailure } from '@app/jobspec';
import { hashFile, syncFile } from '../files/index.ts';
import { clipResult, Stopwatch } from '../results/index.ts';
import {
  checkOutputDirectory,
  checkSameDirectory,
  type ValidatedClip,
  type ValidatedJob,
} from '../validation/index.ts';
import { checkUnchanged } from '../sources/index.ts';
import type { ClipRecord } from './clip-journal.ts';
import {
  checkGoesOn,
  NOTHING_MADE,
  runEngine,
  type EngineContext,
  type MadeOutcome,
} from './engine-run.ts';
import { outputFailure } from './output-failure.ts';
import { createStagingFile, keepPartial, publish } from './staging.ts';

export { interrupted } from './engine-run.ts';

export interface ClipContext extends EngineContext {
  job: ValidatedJob;
  journal: ClipRecord;
}

export interface MadeClip {
  result: ClipResult;
  /** What ended the job; `null` when the proxy is published. */
  failure: JobFailure | null;
}

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
  let outcome: MadeOutcome = NOTHING_MADE;
  try {
    const { jobSha256, index } = context;
    const begin = (path: string) => journal.begin(path);
    await checkSameDirectory(dirname(clip.outputPath));
    stagingPath = await createStagingFile(clip.outputPath, jobSha256, index, begin);
    outcome = await runEngine(clip, stagingPath, context);
    await judge(outcome, clip, signal);
    await syncFile(stagingPath);
    const proxy = await hashFile(stagingPath, () => checkGoesOn(signal));
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

/**
 * A source that changed explains whatever the engine says, a lost output directory how it failed; only an interruption
 * comes before them.
 */
async function judge(outcome: MadeOutcome, clip: ValidatedClip, signal: AbortSignal) {
  checkGoesOn(signal);
  await checkUnchanged(clip.sourcePath, clip.fingerprint);
  if (outcome.failure === null) return;
  await checkSameDirectory(dirname(clip.outputPath));
  await checkOutputDirectory(dirname(clip.outputPath));
  throw outcome.failure;
}
