import { basename, dirname, extname } from 'node:path';
import type { ClipResult, JobFailure } from '@app/jobspec';
import { clipResult } from './clip-result.ts';
import { Stopwatch } from './stopwatch.ts';
import { checkOutputDirectory } from '../validation/places.ts';
import { type LutFile } from '../validation/look-file.ts';
import { type ValidatedClip, type ValidatedJob } from '../validation/prepare-clips.ts';
import { checkUnchanged, openUnchanged, type OpenSource } from '@app/storage';
import type { ClipRecord } from './clip-journal.ts';
import {
  checkNotStopped,
  NOTHING_MADE,
  runEngine,
  type EngineContext,
  type MadeOutcome,
} from './engine-run.ts';
import { outputFailure, OutputFolder } from './output-folder.ts';
import { StagedFile } from './staging.ts';

export interface ClipContext extends EngineContext {
  job: ValidatedJob;
  journal: ClipRecord;
}

export interface MadeClip {
  result: ClipResult;
  /** Failure, which ends the job; `null` if the proxy is published. */
  failure: JobFailure | null;
}

/**
 * Makes one proxy, in this order: opens the source, creates a staging file, runs the engine, checks that the source is unchanged, syncs
 * and hashes the file, records it in the journal, and gives it its final name. So a file under a final name is complete and verified.
 *
 * @throws only defects.
 */
export async function makeClip(clip: ValidatedClip, context: ClipContext): Promise<MadeClip> {
  const stopwatch = new Stopwatch();
  const { job, journal, signal } = context;
  const directory = dirname(clip.outputPath);
  let folder: OutputFolder | null = null;
  let staged: StagedFile | null = null;
  let source: OpenSource | null = null;
  let outcome: MadeOutcome = NOTHING_MADE;
  try {
    folder = await OutputFolder.open(directory);
    source = await openUnchanged(clip.sourcePath, clip.fingerprint, job.sourceRoots);
    const begin = (path: string) => journal.begin(path, context.scratch.folder);
    staged = await StagedFile.create(folder, extname(clip.outputPath), context, begin);
    outcome = await runEngine(job.engine, clip, { staged, source }, context);
    await checkOutcome(outcome, clip, folder, context);
    await staged.sync();
    const proxy = await staged.hash(() => checkNotStopped(signal));
    const result = clipResult(clip, job, outcome, stopwatch.read(), proxy);
    const recorded = await staged.recorded();
    await journal.publish(recorded, result);
    await staged.publish(basename(clip.outputPath), () => journal.reserve(recorded, result));
    return { result, failure: null };
  } catch (error) {
    const failure = outputFailure(error, directory);
    const partial = staged === null ? null : await staged.keep();
    const result = clipResult(clip, job, outcome, stopwatch.read(), { failure, partial });
    if (partial !== null) await journal.fail(partial, result).catch(() => undefined);
    return { result, failure };
  } finally {
    await source?.close();
    await staged?.close();
    await folder?.close();
  }
}

/**
 * Throws the failure of a clip, if any. An interruption takes precedence, then a changed source, then a lost output directory: they
 * explain what the engine reports.
 */
async function checkOutcome(
  outcome: MadeOutcome,
  clip: ValidatedClip,
  folder: OutputFolder,
  { job: { sourceRoots }, signal }: ClipContext,
) {
  checkNotStopped(signal);
  for (const { path, fingerprint } of filesOf(clip))
    await checkUnchanged(path, fingerprint, sourceRoots);
  if (outcome.failure === null) return;
  await folder.check();
  await checkOutputDirectory(folder.name);
  throw outcome.failure;
}

/** Source files of a clip. */
function filesOf({ sourcePath: path, fingerprint, lutFile }: ValidatedClip): LutFile[] {
  return [{ path, fingerprint }, ...(lutFile === null ? [] : [lutFile])];
}
