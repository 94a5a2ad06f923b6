import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type ClipPicture, JobFailure } from '@app/jobspec';
import type { ClipOutcome, ClipTask, Engine, Thumbnail } from '@app/engines';
import {
  errorCode,
  errorMessage,
  rename,
  rm,
  writeFile,
  type OpenSource,
  withinSeconds,
  makeDirectory,
} from '@app/storage';
import type { ValidatedClip } from '../validation/prepare-clips.ts';
import { type StagedFile, stagingFolderOf } from './staging.ts';

/** Location for files that are needed only for checks. */
export interface Scratch {
  /** Free path for the clip's folder; `null` if the only place is beside the output. */
  folder: string | null;
  /** True if the location was configured; then nothing is put beside the output. */
  isConfigured: boolean;
}

export interface EngineContext extends ThumbnailPlace {
  scratch: Scratch;
  onClipProgress?: ClipTask['onProgress'];
  onWait?: ClipTask['onWait'];
}

/** Outcome of an engine, with its thumbnails written. */
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

/** Has the engine make and verify a proxy. @throws only defects. */
export async function runEngine(
  engine: Engine,
  clip: ValidatedClip,
  { staged, source }: { staged: StagedFile; source: OpenSource },
  context: EngineContext,
): Promise<MadeOutcome> {
  const { signal, thumbnailsFolder, scratch, onClipProgress, onWait } = context;
  const task: ClipTask = {
    request: clip.request,
    source: clip.media,
    sourcePath: clip.sourcePath,
    sourceFile: source.file,
    namedSource: clip.sourceName,
    outputPath: clip.outputPath,
    stagingPath: staged.path,
    get stagedFile() {
      return staged.programPath;
    },
    adopt: () => staged.adopt(),
    stagingFolder: stagingFolderOf(staged.path),
    scratchFolders: [
      ...(scratch.folder === null ? [] : [scratch.folder]),
      ...(scratch.isConfigured ? [] : [staged.scratchPath]),
    ],
    namedFolder: clip.namedFolder,
    wantsThumbnails: thumbnailsFolder !== null,
    onProgress: onClipProgress,
    onWait,
  };
  const made = await engine.make(task, signal).catch((error: unknown) => notMade(error, signal));
  return { ...made, ...(await keepThumbnails(made, context)) };
}

/** Outcome for an engine that threw: because of a stop, or because a source can no longer be read. */
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

/** @throws JobFailure if the runner is stopping. */
export function checkNotStopped(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}

/** Failure of a job that was cut off because the runner stopped. */
export function interrupted(): JobFailure {
  return new JobFailure('interrupted', {});
}

/** Limit for writing a clip's thumbnails, in seconds, so that no job waits long for them. */
const ANSWER_SECONDS = 5;

/** Destination of a clip's thumbnails. */
interface ThumbnailPlace {
  thumbnailsFolder: string | null;
  jobSha256: string;
  /** Position of the clip in the job, from 0. */
  index: number;
  signal: AbortSignal;
}

/**
 * Writes the thumbnails of a proxy. A name is never reused, and the file under it is always complete, though not synced. A failure is
 * only a warning.
 */
export async function keepThumbnails(
  { thumbnails = [], warnings }: Pick<ClipOutcome, 'thumbnails' | 'warnings'>,
  { thumbnailsFolder, jobSha256, index, signal }: ThumbnailPlace,
): Promise<{ pictures: ClipPicture[]; warnings: string[] }> {
  const pictures: ClipPicture[] = [];
  if (thumbnailsFolder === null || thumbnails.length === 0 || signal.aborted)
    return { pictures, warnings };
  const clip = String(index).padStart(3, '0');
  const stem = `${jobSha256.slice(0, 16)}-${randomBytes(8).toString('hex')}-${clip}`;
  const keep = async () => {
    await makeDirectory(thumbnailsFolder);
    for (const [position, thumbnail] of thumbnails.entries())
      pictures.push(await write(thumbnail, join(thumbnailsFolder, `${stem}-${position + 1}.jpg`)));
  };
  try {
    await withinSeconds(ANSWER_SECONDS, keep, signal);
    return { pictures, warnings };
  } catch (error) {
    const warning = `Not all pictures of the proxy are in ${thumbnailsFolder}: ${errorMessage(error)}.`;
    return { pictures, warnings: [...warnings, warning] };
  }
}

async function write(
  { frame, timecode, size, jpeg, besideSource }: Thumbnail,
  path: string,
): Promise<ClipPicture> {
  const temporaryPath = `${path}.tmp`;
  try {
    await writeFile(temporaryPath, jpeg, { flag: 'wx' });
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => undefined);
    throw error;
  }
  const picture = { path, frame, timecode, width: size.width, height: size.height };
  return besideSource ? { ...picture, beside_source: true } : picture;
}
