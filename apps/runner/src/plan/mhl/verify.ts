import { contains, exists } from '../../files/index.ts';
import { isNamedLikeClip, rawFrameFormat } from '@app/engines';
import { severalAtOnce } from '../../process/several-at-once.ts';
import { expectedFiles, type Expected } from './expected-files.ts';
import type { HashList } from './find-lists.ts';
import { checkSource } from './check-sources.ts';

/** What a check of sources against hash lists has found. */
export interface Verification {
  /** Why a source doesn't match, by its path. */
  mismatches: ReadonlyMap<string, string>;
  /** Sources of which no list has the hash of a file. */
  unlisted: readonly string[];
  /** Clips that a list has and that aren't there, with the list. */
  missing: readonly { path: string; list: string }[];
  matched: number;
}

/**
 * Checks sources, and whether anything is missing that lists have.
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
  const matched = sources.length - mismatches.size - unlisted.length;
  return { mismatches, unlisted, matched, missing: await missingIn(expected, media) };
}

async function missingIn(
  expected: ReadonlyMap<string, readonly Expected[]>,
  media: readonly string[],
) {
  const clips = [...expected].filter(
    ([path]) =>
      (isNamedLikeClip(path) || rawFrameFormat(path) !== null) &&
      media.some((medium) => contains(medium, path)),
  );
  const there = await severalAtOnce(clips, ([path]) => exists(path).catch(() => true));
  return clips
    .filter((_, index) => !there[index])
    .map(([path, [one]]) => ({ path, list: one?.list ?? '' }));
}
