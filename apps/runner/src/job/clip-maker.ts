import { dirname } from 'node:path';
import type { ClipResult, JobFailure } from '@app/jobspec';
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
import { StagedFile } from './staging.ts';

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
  let staged: StagedFile | null = null;
  let outcome: MadeOutcome = NOTHING_MADE;
  try {
    const { jobSha256, index, scratchFolder } = context;
    const begin = (path: string) => journal.begin(path, scratchFolder);
    await checkSameDirectory(dirname(clip.outputPath));
    staged = await StagedFile.create(clip.outputPath, jobSha256, index, begin);
    outcome = await runEngine(job.engine, clip, staged, context);
    await checkOutcome(outcome, clip, signal);
    await staged.sync();
    const proxy = await staged.hash(() => checkGoesOn(signal));
    const result = clipResult(clip, job, outcome, stopwatch.read(), proxy);
    const { path } = staged;
    await journal.publish(path, result);
    await checkSameDirectory(dirname(clip.outputPath));
    await staged.publish(clip.outputPath, () => journal.reserve(path, result));
    return { result, failure: null };
  } catch (error) {
    const failure = outputFailure(error, dirname(clip.outputPath));
    const partial = staged === null ? null : await staged.keep();
    const result = clipResult(clip, job, outcome, stopwatch.read(), { failure, partial });
    if (partial !== null) await journal.fail(partial, result).catch(() => undefined);
    return { result, failure };
  } finally {
    await staged?.close();
  }
}

/**
 * A source that changed explains whatever the engine says, a lost output directory how it failed; only an interruption
 * comes before them.
 */
async function checkOutcome(outcome: MadeOutcome, clip: ValidatedClip, signal: AbortSignal) {
  checkGoesOn(signal);
  await checkUnchanged(clip.sourcePath, clip.fingerprint);
  if (clip.lutFile !== null) await checkUnchanged(clip.lutFile.path, clip.lutFile.fingerprint);
  if (outcome.failure === null) return;
  await checkSameDirectory(dirname(clip.outputPath));
  await checkOutputDirectory(dirname(clip.outputPath));
  throw outcome.failure;
}
