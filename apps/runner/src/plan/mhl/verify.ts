import { severalAtOnce } from '../../process/several-at-once.ts';
import { checkSource } from './check-sources.ts';
import { expectedFiles } from './expected-files.ts';
import type { HashList } from './find-lists.ts';
import { missingFiles, type MissingFile } from './missing-files.ts';

/** What a check of sources against hash lists has found. */
export interface Verification {
  /** Why a source doesn't match, by its path. */
  mismatches: ReadonlyMap<string, string>;
  /** Sources of which no list has the hash of a file. */
  unlisted: readonly string[];
  /** What a list has, and belongs to no source that is there. */
  missing: readonly Omit<MissingFile, 'source'>[];
  matched: number;
}

/**
 * Checks sources, and whether anything is missing that lists have: a source of which a file is missing doesn't match.
 *
 * @param onBytes told how many bytes were read so far.
 * @throws Error with a sentence for a list that can't be trusted.
 */
export async function verify(
  sources: readonly string[],
  media: readonly string[],
  lists: readonly HashList[],
  onBytes: (count: number) => void,
): Promise<Verification> {
  const expected = await expectedFiles(lists);
  let bytes = 0;
  const count = (more: number) => onBytes((bytes += more));
  const checks = await severalAtOnce(sources, (path) => checkSource(path, expected, count));
  const mismatches = new Map<string, string>();
  const unlisted: string[] = [];
  for (const [index, path] of sources.entries()) {
    const check = checks[index];
    if (check?.mismatch) mismatches.set(path, check.mismatch);
    else if (check?.isUnlisted) unlisted.push(path);
  }
  const missing: Omit<MissingFile, 'source'>[] = [];
  for (const { source, ...file } of await missingFiles(sources, media, expected)) {
    if (source === null) missing.push(file);
    else if (!mismatches.has(source)) mismatches.set(source, notWhole(source, file));
  }
  const rest = unlisted.filter((path) => !mismatches.has(path));
  const matched = sources.length - mismatches.size - rest.length;
  return { mismatches, unlisted: rest, matched, missing };
}

function notWhole(source: string, { path, fact, list }: Omit<MissingFile, 'source'>): string {
  return `${path} ${fact}, and ${list} has it: ${source} is not whole. Copy the card again.`;
}
