import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type NumberedFrames } from './frame-sequence.ts';
import { settingsNames, spannedPart, type SpannedPart } from './clip-files.ts';
import { FINDINGS, unsupportedFormat, type UnsupportedSource } from '@app/jobspec';
import { stat } from '../files/bounded-fs.ts';
import { sizeOfFile } from '../files/folder-fault.ts';
import { type FrameFolder, framesOf, sequenceIn, type SourceState } from './source-state.ts';

/** Text that changes whenever a source, or any frame of it, is replaced, resized, written to, added or removed. */
export type SourceFingerprint = string;

export interface SourceSurvey {
  fingerprint: SourceFingerprint;
  isSequence: boolean;
  /** Paths of frames that are symbolic links; sources with the same frames share the list. */
  links: readonly string[];
  /** Reason why the clip isn't complete, as a predicate for its path; `null` if it is. */
  fault: string | null;
  /** Warning, as a sentence, about a clip whose proxy is made all the same; `null` for none. */
  warning: string | null;
}

/** Concurrent `stat` calls: a sequence may have a hundred thousand frames on a slow share. */
const STATS_AT_ONCE = 64;

/**
 * Checks every frame of the sources that are sequences, and every part of a clip, without opening them.
 *
 * @throws JobFailure `UnsupportedFormatError` naming every source that isn't a complete clip; the reason of `signal`.
 */
export async function surveySources(
  states: readonly SourceState[],
  signal?: AbortSignal,
): Promise<SourceSurvey[]> {
  const surveys: SourceSurvey[] = [];
  const refused = new Map<number, UnsupportedSource>();
  const known: KnownFrames = new Map();
  for (const [index, state] of states.entries()) {
    const survey = await surveySource(state, signal, known);
    surveys.push(survey);
    if (survey.fault !== null)
      refused.set(index, {
        finding: 'clip_incomplete',
        problem: `${state.path} ${survey.fault}`,
        remedy: FINDINGS.clip_incomplete,
      });
  }
  if (refused.size > 0) throw unsupportedFormat(refused);
  return surveys;
}

/** @throws the system's error if files beside a clip can't be checked; the reason of `signal`. */
export async function surveySource(
  state: SourceState,
  signal?: AbortSignal,
  known: KnownFrames = new Map(),
): Promise<SourceSurvey> {
  signal?.throwIfAborted();
  const folder = framesOf(state);
  if (folder === null) return surveyClip(state);
  const seen = known.get(folder.frames) ?? (await statFrames(folder, signal));
  known.set(folder.frames, seen);
  const { fingerprint, links, flaws } = seen;
  const fault = sequenceFault(folder) ?? frameFault(flaws);
  return { fingerprint, isSequence: true, links, fault, warning: null };
}

/** Facts of frames, shared by the sources of a sequence. */
type KnownFrames = Map<NumberedFrames, SeenFrames>;

interface SeenFrames extends Pick<SourceSurvey, 'fingerprint' | 'links'> {
  flaws: readonly string[];
}

async function statFrames(
  { path, links, frames: { names: all } }: FrameFolder,
  signal: AbortSignal | undefined,
): Promise<SeenFrames> {
  const hash = createHash('sha256');
  const flaws: string[] = [];
  for (let from = 0; from < all.length; from += STATS_AT_ONCE) {
    signal?.throwIfAborted();
    const names = all.slice(from, from + STATS_AT_ONCE);
    const frames = await Promise.all(names.map((name) => statFile(join(path, name))));
    for (const [index, { stamp, flaw }] of frames.entries()) {
      hash.update(`${names[index]}\n${stamp}\n`);
      if (flaw !== null) flaws.push(`${names[index]} ${flaw}`);
    }
  }
  return {
    fingerprint: hash.digest('hex'),
    links: all.filter((name) => links.has(name)).map((name) => join(path, name)),
    flaws,
  };
}

/** Surveys a clip in one file or in several parts. Its settings files count in its fingerprint. */
async function surveyClip({ path, stats }: SourceState): Promise<SourceSurvey> {
  const { parts, settings, fault, warning } = await clipFilesOf(path);
  const stamps = [stampOf(stats)];
  for (const name of [...parts, ...settings])
    stamps.push((await statFile(join(dirname(path), name))).stamp);
  return {
    fingerprint: stamps.join(' '),
    isSequence: false,
    links: [],
    fault: fault === null ? null : `is not a whole clip. ${fault}`,
    warning,
  };
}

interface FileState {
  stamp: string;
  flaw: string | null;
}

/** Follows links. */
async function statFile(path: string): Promise<FileState> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  if (stats === null) return { stamp: 'gone', flaw: 'leads nowhere' };
  const stamp = stampOf(stats);
  if (!stats.isFile()) return { stamp, flaw: 'is not a file' };
  return { stamp, flaw: stats.size === 0n ? 'is empty' : null };
}

/** Text that changes whenever a file is replaced, resized or written to. */
export function stampOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(':');
}

function frameFault([flaw, ...others]: readonly string[]): string | null {
  if (flaw === undefined) return null;
  const more = others.length > 0 ? `, and ${others.length} more can't be used` : '';
  return `${NO_SEQUENCE}Its frame ${flaw}${more}. Copy the frames again.`;
}

const NO_SEQUENCE = 'is not a whole frame sequence. ';

function sequenceFault(folder: FrameFolder): string | null {
  try {
    sequenceIn(folder);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return NO_SEQUENCE + error.message;
    throw error;
  }
}

/** Files that belong to a clip, beside the one that was named. */
interface ClipFiles {
  /** Names of its other parts, in order. */
  parts: readonly string[];
  /** Names of settings files with which Resolve develops it. */
  settings: readonly string[];
  /** Sentences that say why the file doesn't stand for a complete clip; `null` if it does. */
  fault: string | null;
  /** Warning, as a sentence, about a clip whose proxy is made all the same; `null` for none. */
  warning: string | null;
}

/** Finds the other files of a clip by name, without listing its folder, which may hold thousands. */
export async function clipFilesOf(path: string): Promise<ClipFiles> {
  const folder = dirname(path);
  const sizeOf: SizeOf = (name) => sizeOfFile(join(folder, name));
  const settings: string[] = [];
  for (const name of settingsNames(basename(path)))
    if ((await sizeOf(name)) !== null) settings.push(name);
  const spanned = spannedPart(basename(path));
  const alone = { parts: [], settings, fault: null, warning: null };
  if (spanned === null) return alone;
  if (spanned.part === 1) return { ...alone, ...(await partsOf(spanned, sizeOf)) };
  const fault = await laterFault(spanned, sizeOf);
  return { ...alone, fault, warning: fault === null ? warningOf(spanned) : null };
}

/** Size in bytes of a file beside the clip; `null` if there is none. */
type SizeOf = (name: string) => Promise<number | null>;

/** Number of parts that three digits allow. */
const MAX_PARTS = 999;
/** Widest gap, in parts, that the search looks across. */
const WIDEST_GAP = 8;

async function laterFault({ part, nameOf }: SpannedPart, sizeOf: SizeOf): Promise<string | null> {
  const isThere = async (name: string) => (await sizeOf(name)) !== null;
  const first = nameOf(1);
  if (await isThere(first))
    return `It is a part of the clip that begins with ${first}. Name that file alone: Resolve goes on with the others by itself.`;
  const isAmongParts = (await isThere(nameOf(part + 1))) || (await isThere(nameOf(part - 1)));
  return isAmongParts
    ? `It is part ${part} of a clip whose first part ${first} is missing. Copy the card again.`
    : null;
}

/** Only a warning, because a complete clip may have been given such a name. */
function warningOf({ part, nameOf }: SpannedPart): string {
  return `By its name the clip is part ${part} of one that begins with ${nameOf(1)}, which is not beside it: the proxy may lack what was before.`;
}

async function partsOf(
  { nameOf }: SpannedPart,
  sizeOf: SizeOf,
): Promise<Pick<ClipFiles, 'parts' | 'fault'>> {
  const parts: string[] = [];
  const faultOf = (part: number, what: string) =>
    ({ parts, fault: `Its part ${nameOf(part)} is ${what}. Copy the card again.` }) as const;
  for (let part = 2; part <= MAX_PARTS; part++) {
    const size = await sizeOf(nameOf(part));
    if (size === 0) return faultOf(part, 'empty');
    if (size === null)
      return (await hasLater(part, nameOf, sizeOf))
        ? faultOf(part, 'missing')
        : { parts, fault: null };
    parts.push(nameOf(part));
  }
  return { parts, fault: null };
}

async function hasLater(part: number, nameOf: SpannedPart['nameOf'], sizeOf: SizeOf) {
  for (let later = part + 1; later <= part + WIDEST_GAP; later++)
    if ((await sizeOf(nameOf(later))) !== null) return true;
  return false;
}
