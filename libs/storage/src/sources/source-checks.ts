import { constants } from 'node:fs';
import { enumerated, JobFailure, type Violation } from '@app/jobspec';
import { access } from '../files/bounded-fs.ts';
import { errorCode, errorFact, isAbsent, isSystemError, withNames } from '../files/system-error.ts';
import { type RealPath, Roots } from '../files/real-path.ts';
import {
  framesOf,
  stateOfSource,
  OpenSource,
  OutsideRootsError,
  type Listings,
  type SourceState,
} from './source-state.ts';
import { stampOf, type SourceFingerprint, surveySource } from './source-survey.ts';
import { closing, closingOnFailure } from '../files/closing.ts';

const NO_FRAMES = 'not a file';
/** Advice for a folder that isn't a source. */
const FOLDER_ADVICE =
  '. A folder without RAW frames is not a source: name the clip inside; of a RED clip, the .R3D; of images such as EXR and DPX, make a clip first.';

/**
 * Opens every source, one after the other, and checks that it is a readable regular file, or a folder with a RAW frame
 * sequence.
 *
 * @throws JobFailure `MissingSourcesError` naming every source that isn't, with a violation for each;
 * `PathNotAllowedError` for one that now leads out of the roots, although its resolved path didn't.
 */
export async function checkSources(
  paths: readonly RealPath[],
  roots = Roots.anywhere,
  signal?: AbortSignal,
): Promise<SourceState[]> {
  const states: SourceState[] = [];
  const listings: Listings = new Map();
  const missing: string[] = [];
  const violations: Violation[] = [];
  let advice = '';
  for (const [index, path] of paths.entries()) {
    signal?.throwIfAborted();
    const field = `sources[${index}]`;
    const { state, problem } = await checkSource(path, roots, listings).catch((error: unknown) => {
      throw error instanceof OutsideRootsError
        ? outsideRoots('Source', roots, [{ field, names: [path.named] }])
        : error;
    });
    if (state !== null) states.push(state);
    if (problem === null) continue;
    const { named } = path;
    const hint = problem === NO_FRAMES ? FOLDER_ADVICE : '';
    advice ||= hint;
    missing.push(problem === '' ? named : `${named} (${problem})`);
    violations.push({ path: field, message: sentenceOf(named, problem) + hint });
  }
  if (missing.length > 0) {
    throw new JobFailure('sources_missing', { sources: missing, advice }, { violations });
  }
  return states;
}

/** State of a source, and its problem; `null` for none. */
async function checkSource({ real, fault }: RealPath, roots: Roots, listings: Listings) {
  if (fault) return { state: null, problem: problemIn(fault) };
  const source = await OpenSource.open(real, roots, listings).catch(problemIn);
  if (typeof source === 'string') return { state: null, problem: source };
  return closing(source, async ({ state }) => ({ state, problem: await problemOf(source) }));
}

/**
 * Uses a source, provided that it is unchanged since `state` was taken, and inside its roots.
 *
 * @param use called with a path that leads to it.
 * @throws JobFailure `SourceChangedError`; `MissingSourcesError` if it is gone; `PathNotAllowedError` if its path leads
 * out of the roots; errors of `use`.
 */
export async function withSource<T>(
  state: SourceState,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const { path, roots, stats } = state;
  const source = await OpenSource.open(path, roots).catch(async () => {
    // Throws if the source is gone or outside; if it can be opened after all, it has been replaced.
    await checkSources([{ named: path, real: path }], roots);
    throw changed(path);
  });
  try {
    if (stampOf(source.state.stats) !== stampOf(stats)) throw changed(path);
    const used = await use(source.file);
    await checkHeld(source);
    return used;
  } catch (error) {
    throw withNameOf(error);
  } finally {
    await source.close();
  }
}

/** Rechecks a source that was read by name because it couldn't be held. @throws JobFailure `SourceChangedError`. */
export async function checkHeld({ isHeld, state }: OpenSource): Promise<void> {
  if (isHeld) return;
  const now = await stateOfSource(state.path, state.roots).catch(() => null);
  if (now === null || stampOf(now.stats) !== stampOf(state.stats)) throw changed(state.path);
}

/**
 * Opens the file or first frame of a source for the engine.
 *
 * @throws JobFailure `SourceChangedError` if it isn't what was validated, or has left the roots.
 */
export async function openUnchanged(
  path: string,
  validated: SourceFingerprint,
  roots: Roots,
): Promise<OpenSource> {
  const opened = await OpenSource.open(path, roots).catch((error: unknown) => {
    throw changed(path, { is_gone: !(error instanceof OutsideRootsError) });
  });
  return closingOnFailure(opened, async (source) => {
    // Frames are checked after the render, because Resolve opens them by name.
    if (source.state.folder === null) await checkFingerprint(source.state, validated);
    return source;
  });
}

/**
 * @throws JobFailure `SourceChangedError` if the path leads to something other than was validated, or outside the
 * roots.
 */
export async function checkUnchanged(
  path: string,
  validated: SourceFingerprint,
  roots: Roots,
): Promise<void> {
  const state = await stateOfSource(path, roots).catch((error: unknown) => {
    throw changed(path, { is_gone: !(error instanceof OutsideRootsError) });
  });
  await checkFingerprint(state, validated);
}

async function checkFingerprint(state: SourceState, validated: SourceFingerprint): Promise<void> {
  const now = await surveySource(state).catch(() => null);
  if (now?.fingerprint === validated) return;
  const is_sequence = now?.isSequence ?? false;
  throw changed(state.path, { is_gone: now === null, is_sequence });
}

function changed(path: string, { is_gone = false, is_sequence = false } = {}): JobFailure {
  return new JobFailure('source_changed', { path, is_gone, is_sequence });
}

/** Problem of a file that must be readable; `null` if there is none. */
export async function fileProblem(source: OpenSource): Promise<string | null> {
  return source.state.stats.isDirectory() ? NO_FRAMES : problemOf(source);
}

/** Problem of a source; `null` if there is none. */
async function problemOf({ state, file }: OpenSource): Promise<string | null> {
  const { stats } = state;
  if (stats.isDirectory()) return framesOf(state)?.frames.names.length ? null : NO_FRAMES;
  if (stats.isFIFO()) return 'a FIFO, not a file';
  if (stats.isSocket()) return 'a socket, not a file';
  if (!stats.isFile()) return 'a device, not a file';
  return access(file, constants.R_OK).then(() => null, problemIn);
}

function sentenceOf(named: string, problem: string): string {
  return problem === '' ? `${named} does not exist` : `${named} can't be used: ${problem}`;
}

/** The system's message about a source; `''` if it is absent. @throws OutsideRootsError */
export function problemIn(error: unknown): string {
  if (error instanceof OutsideRootsError) throw error;
  if (isAbsent(error)) return '';
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'not readable';
  return errorFact(error);
}

/** Puts the name that people know into a system error: it can't be looked up once the source is closed. */
function withNameOf(error: unknown): unknown {
  if (isSystemError(error) && error.path !== undefined) error.path = withNames(error.path);
  return error;
}

/** Paths outside the roots, from one field of a JobSpec. */
interface OutsideField {
  /** Field as in a violation: `sources[1]`. */
  field: string;
  /** Paths for people. */
  names: readonly string[];
}

/** @param role noun for the sentence: `Source` or `Output directory`. */
export function outsideRoots(
  role: string,
  roots: Roots,
  fields: readonly OutsideField[],
): JobFailure {
  const violations = fields.map(({ field, names }) => ({
    path: field,
    message: `${role} outside the allowed roots: ${enumerated(names)}`,
  }));
  const paths = fields.flatMap(({ names }) => names);
  return new JobFailure('outside_roots', { role, roots: roots.names, paths }, { violations });
}
