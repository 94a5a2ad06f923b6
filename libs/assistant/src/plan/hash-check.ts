import { basename, dirname, join } from 'node:path';
import { isNamedLikeClip } from '../cards/recognise-file.ts';
import { rawFrameFormat } from '@app/engines';
import {
  contains,
  errorCode,
  errorFact,
  errorMessage,
  lstat,
  mapConcurrently,
  clipFilesOf,
  framesOf,
  stateOfSource,
} from '@app/storage';
import { hashOf } from '../mhl/hash-of.ts';
import { Refusal } from '../refusal/refusal.ts';
import type { Clip } from './examine.ts';
import { expectedFiles, keyOf, type Expectation, type HashList } from './hash-lists.ts';
import { slashed } from './walk.ts';

/** Comparison of a plan's sources with hash lists. */
export interface HashCheck {
  /** Matching sources, and sources of which a file has no hash in any list. */
  hashes: { matched: number; unlisted: readonly string[] };
  /** Sources that differ or lack a file, each with a sentence. */
  mismatches: ReadonlyMap<string, string>;
  /** Clips that only exist in a list. */
  missing: readonly { path: string; reason: string }[];
}

const MEGABYTE = 1e6;

/**
 * Compares sources with hash lists.
 *
 * @throws Refusal if nothing can be compared
 */
export async function checkHashes(
  clips: readonly Clip[],
  lists: readonly HashList[],
  media: readonly string[],
  onProgress: (text: () => string) => void,
): Promise<HashCheck> {
  const where = media.join(', ');
  if (lists.length === 0)
    throw new Refusal('failed', `There is no hash list for ${where}. Nothing is planned.`);
  const expected = await expectedFiles(lists).catch((error: unknown) => {
    throw new Refusal('failed', errorMessage(error), 'Nothing is planned.');
  });
  // Clips that will be refused are reported once.
  const able = clips.filter(({ engine }) => engine !== null);
  const sources = [...new Set(able.map(({ path }) => path))];
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    onProgress(() => `${Math.round(bytes / MEGABYTE)} MB compared with hash lists`);
  };
  const mismatches = new Map<string, string>();
  const unlisted: string[] = [];
  await mapConcurrently(sources, async (path) => {
    const files = (await filesOf(path)).map(
      (file) => [file, expected.get(keyOf(file)) ?? []] as const,
    );
    if (files.some(([, lines]) => lines.every(({ hash }) => hash === null))) unlisted.push(path);
    for (const [file, lines] of files)
      for (const one of lines) {
        const mismatch = mismatches.has(path) ? null : await mismatchOf(file, one, onBytes);
        if (mismatch !== null) mismatches.set(path, mismatch);
      }
  });
  const missing = await missingFiles(sources, media, expected);
  for (const { source, reason } of missing)
    if (source !== undefined) mismatches.set(source, mismatches.get(source) ?? reason);
  const rest = unlisted.filter((path) => !mismatches.has(path)).toSorted();
  const matched = sources.length - mismatches.size - rest.length;
  // Lists of other cards prove nothing about this one.
  const isOfMedia = ({ path, hash }: Expectation) =>
    hash !== null && media.some((medium) => contains(medium, path));
  if (![...expected.values()].flat().some(isOfMedia))
    for (const path of rest)
      mismatches.set(path, `${path}: no hash list for ${where} has a hash of it.`);
  return {
    hashes: { matched, unlisted: rest },
    mismatches,
    missing: missing.filter(({ source }) => source === undefined),
  };
}

/** Every file of a source: parts, settings and frames. */
async function filesOf(source: string): Promise<string[]> {
  const folder = framesOf(await stateOfSource(source));
  if (folder !== null) return folder.frames.names.map((name) => join(folder.path, name));
  const { parts, settings } = await clipFilesOf(source);
  return [basename(source), ...parts, ...settings].map((name) => join(dirname(source), name));
}

/** Reads a whole file. @returns a sentence if it differs from the list; otherwise `null` */
async function mismatchOf(
  path: string,
  { hash, list }: Expectation,
  onBytes: (count: number) => void,
): Promise<string | null> {
  if (hash === null) return null;
  try {
    const { algorithm, value } = hash;
    const found = await hashOf(path, algorithm, onBytes);
    if (found === value) return null;
    return `${path} is not what ${list} says: its ${algorithm} is ${found} instead of ${value}.`;
  } catch (error) {
    return `${path} can't be read to its end: ${errorFact(error)}.`;
  }
}

/** Clips, parts, frames and settings in a list that don't exist, each with its source if that does. */
async function missingFiles(
  sources: readonly string[],
  media: readonly string[],
  expected: ReadonlyMap<string, readonly Expectation[]>,
) {
  const owners = new Map(sources.flatMap((path) => [path, clipOf(path)].map((key) => [key, path])));
  const found = await mapConcurrently([...expected.values()], async ([first]) => {
    if (first === undefined || !isClipFile(first.path)) return [];
    const { path, list } = first;
    const source = owners.get(clipOf(path));
    const isPlanned = source !== undefined || media.some((medium) => contains(medium, path));
    if (!isPlanned || !(await isMissing(path))) return [];
    const reason = `${path} is not there as a file, and ${list} has it. Copy the card again.`;
    return [{ path, reason, source }];
  });
  return found.flat();
}

function isClipFile(path: string): boolean {
  const isSettings = /\.(rmd|sidecar)$/i.test(path);
  return isSettings || isNamedLikeClip(slashed(path)) || rawFrameFormat(path) !== null;
}

/** Key of a clip's files: for frames their folder, for RED's parts and settings the name without the part number. */
function clipOf(path: string): string {
  if (rawFrameFormat(path) !== null) return dirname(path);
  const [, red, blackmagic] =
    /^(.*?)(?:_\d{3})?\.(?:r3d|rmd)$|^(.*)\.(?:braw|sidecar)$/i.exec(path) ?? [];
  return red ?? blackmagic ?? path;
}

/** True if no file has the name in any Unicode form. A file that can't be checked counts as present. */
async function isMissing(path: string): Promise<boolean> {
  for (const form of new Set([path, path.normalize('NFC'), path.normalize('NFD')]))
    try {
      if ((await lstat(form)).isFile()) return false;
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    }
  return true;
}
