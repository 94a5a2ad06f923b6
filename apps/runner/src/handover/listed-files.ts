import type { Algorithm } from '../mhl/algorithms.ts';
import { hashesOf } from '../mhl/hashes-of.ts';
import { printable } from '../text/index.ts';
import type { HashedFile } from '../files/index.ts';
import { pathBelow } from './histories.ts';
import { type History, type ListedFile, type ListedHash, refusalOfPath } from './mhl/index.ts';

export interface ListedFiles {
  files: ListedFile[];
  /** A sentence for each file that isn't listed. */
  problems: string[];
  /** A sentence for each file that isn't what it was when it was listed first, by its path. */
  changed: Map<string, string>;
}

/**
 * Compares files with the history of their folder: new ones are `original`, others `verified` or `failed`. What the history knows by
 * other hashes is read once more for those.
 *
 * @throws the system's error when a file can't be read any more.
 */
export async function listFiles(
  root: string,
  hashed: ReadonlyMap<string, HashedFile>,
  history: History,
  hashedAt: Date,
): Promise<ListedFiles> {
  const listed: ListedFiles = { files: [], problems: [], changed: new Map() };
  for (const [absolute, { xxh64, bytes, modifiedAt }] of hashed) {
    const path = pathBelow(root, absolute);
    const refusal = refusalOfPath(path);
    if (refusal !== null) {
      listed.problems.push(`${printable(absolute)} can't be in a hash list: ${refusal}.`);
      continue;
    }
    const known = history.hashes.get(path) ?? new Map<Algorithm, string>();
    const hashes = await compared(absolute, xxh64, known);
    const failed = hashes.find(({ action }) => action === 'failed');
    if (failed)
      listed.changed.set(
        absolute,
        `${printable(absolute)} isn't what it was: the history has the ${failed.algorithm} ${known.get(failed.algorithm)}, the file ${failed.value}.`,
      );
    listed.files.push({ path, bytes, modifiedAt, hashes, hashedAt });
  }
  return listed;
}

/** A file that isn't what it was gets no hash of a new kind: that would vouch for it. */
async function compared(
  path: string,
  xxh64: string,
  known: ReadonlyMap<Algorithm, string>,
): Promise<ListedHash[]> {
  const others = [...known.keys()].filter((algorithm) => algorithm !== 'xxh64');
  const values = others.length === 0 ? new Map() : await hashesOf(path, others);
  const actual = new Map<Algorithm, string>([...values, ['xxh64', xxh64]]);
  const hashes = Array.from(known.keys(), (algorithm): ListedHash => {
    const value = actual.get(algorithm) ?? '';
    return { algorithm, value, action: value === known.get(algorithm) ? 'verified' : 'failed' };
  });
  if (known.has('xxh64') || hashes.some(({ action }) => action === 'failed')) return hashes;
  const action = known.size === 0 ? 'original' : 'verified';
  return [...hashes, { algorithm: 'xxh64', value: xxh64, action }];
}
