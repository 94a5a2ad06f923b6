import { JobFailure, type ClipPicture } from '@app/jobspec';
import type { ClipOutcome, ClipTask, Engine } from '@app/engines';
import { errorCode, errorMessage } from '../files/index.ts';
import type { ValidatedClip } from '../validation/index.ts';
import { keepThumbnails, type ThumbnailPlace } from './thumbnails.ts';
import { stagingFolderOf, type StagedFile } from './staging.ts';

export interface EngineContext extends ThumbnailPlace {
  /** A free name for a folder of what is only for checks; `null` for one beside the output. */
  scratchFolder: string | null;
  onClipProgress?: ClipTask['onProgress'];
}

/** What an engine has made, its pictures written. */
export type MadeOutcome = ClipOutcome & { pictures: ClipPicture[] };

export const NOTHING_MADE: MadeOutcome = {
  exit_code: null,
  stderr: null,
  warnings: [],
  verification: [],
  pictures: [],
  attempts: [],
  failure: null,
};

/** Lets the engine make a proxy and look at it. @throws only what is a defect of ours. */
export async function runEngine(
  engine: Engine,
  clip: ValidatedClip,
  staged: StagedFile,
  context: EngineContext,
): Promise<MadeOutcome> {
  const { signal, picturesFolder, scratchFolder, onClipProgress } = context;
  const task: ClipTask = {
    request: clip.request,
    source: clip.media,
    sourcePath: clip.sourcePath,
    outputPath: clip.outputPath,
    stagingPath: staged.path,
    get stagedFile() {
      return staged.leadsThere;
    },
    adopt: () => staged.adopt(),
    stagingFolder: stagingFolderOf(staged.path),
    scratchFolder: scratchFolder ?? stagingFolderOf(staged.path),
    namedFolder: clip.namedFolder,
    wantsThumbnails: picturesFolder !== null,
    onProgress: onClipProgress,
  };
  const made = await engine.make(task, signal).catch((error: unknown) => notMade(error, signal));
  const doubts = staged.doubt === null ? [] : [staged.doubt];
  const warned = { ...made, warnings: [...made.warnings, ...doubts] };
  return { ...warned, ...(await keepThumbnails(warned, context)) };
}

/** An engine throws when a source can't be read any more, or at a stop; the output is not to blame. */
function notMade(error: unknown, signal: AbortSignal): ClipOutcome {
  if (signal.aborted) return { ...NOTHING_MADE, failure: interrupted() };
  if (error instanceof JobFailure) return { ...NOTHING_MADE, failure: error };
  if (errorCode(error) === undefined) throw error;
  const facts = { error: errorMessage(error) };
  return {
    ...NOTHING_MADE,
    failure: new JobFailure('engine_stopped_short', facts, { cause: error }),
  };
}

/** @throws JobFailure when the runner was told to stop. */
export function checkGoesOn(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}

/** The failure of a job that a stop of the runner cut off. */
export function interrupted(): JobFailure {
  return new JobFailure('interrupted', {});
}
