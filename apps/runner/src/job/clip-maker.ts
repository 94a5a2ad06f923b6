import { basename, dirname, extname } from 'node:path';
import type { ClipResult, JobFailure } from '@app/jobspec';
import { clipResult, Stopwatch } from './result-draft.ts';
import { checkOutputDirectory } from '../validation/places.ts';
import { type LutFile } from '../validation/look-file.ts';
import { type ValidatedClip, type ValidatedJob } from '../validation/prepare-clips.ts';
import { checkUnchanged, openUnchanged, type OpenSource } from '@app/storage';
import type { ClipRecord } from './clip-journal.ts';
import {
  checkGoesOn,
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
  /** Reason that ends the job; `null` if the proxy is published. */
  failure: JobFailure | null;
}

/**
 * Makes one proxy: open source, staging file, engine, unchanged source, durable bytes, hash, journal, final name. A file under its
 * final name is therefore always complete and verified.
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
    const proxy = await staged.hash(() => checkGoesOn(signal));
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
 * A changed source explains any failure of the engine, and a lost output directory any failure to write; only an
 * interruption takes precedence.
 */
async function checkOutcome(
  outcome: MadeOutcome,
  clip: ValidatedClip,
  folder: OutputFolder,
  { job: { sourceRoots }, signal }: ClipContext,
) {
  checkGoesOn(signal);
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
