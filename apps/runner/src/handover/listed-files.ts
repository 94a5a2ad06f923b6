import type { Algorithm } from '../mhl/algorithms.ts';
import { hashesOf } from '../mhl/hashes-of.ts';
import { printable } from '../text/index.ts';
import type { HashedFile } from '../files/index.ts';
import { pathBelow } from './histories.ts';
import {
  type History,
  type KnownHash,
  type ListedFile,
  type ListedHash,
  refusalOfPath,
} from './mhl/index.ts';

export interface ListedFiles {
  files: ListedFile[];
  /** A sentence for each file that isn't listed. */
  problems: string[];
  /** A sentence for each file that isn't what it was when it was listed first, by its path. */
  changed: Map<string, string>;
  /** A sentence for each file that was made again since it was listed first. */
  remade: string[];
}

/**
 * Compares files with the history of their folder: new ones are `original`, others `verified` or `failed`. What the history knows by
 * other hashes is read once more for those.
 *
 * @param verified those that have the hash of their results: where the history has another one, they were made again.
 * @throws the system's error when a file can't be read any more.
 */
export async function listFiles(
  root: string,
  hashed: ReadonlyMap<string, HashedFile>,
  verified: ReadonlySet<string>,
  history: History,
  hashedAt: Date,
): Promise<ListedFiles> {
  const listed: ListedFiles = { files: [], problems: [], changed: new Map(), remade: [] };
  for (const [absolute, { xxh64, bytes, modifiedAt }] of hashed) {
    const path = pathBelow(root, absolute);
    const refusal = refusalOfPath(path);
    if (refusal !== null) {
      listed.problems.push(`${printable(absolute)} can't be in a hash list: ${refusal}.`);
      continue;
    }
    const known = history.hashes.get(path) ?? new Map<Algorithm, KnownHash>();
    const hashes = await compared(absolute, xxh64, known);
    const failed = hashes.find(({ action }) => action === 'failed');
    const first = failed && known.get(failed.algorithm);
    if (first) {
      const { algorithm, value } = failed;
      const both = `the history has the ${algorithm} ${first.value}, the file ${value}`;
      if (verified.has(absolute))
        listed.remade.push(
          `${printable(absolute)} was made again since generation ${first.generation} of its history, and is what was verified then: ${both}. The hash list has it as failed.`,
        );
      else listed.changed.set(absolute, `${printable(absolute)} isn't what it was: ${both}.`);
    }
    listed.files.push({ path, bytes, modifiedAt, hashes, hashedAt });
  }
  return listed;
}

/** A file that isn't what it was gets no hash of a new kind: that would vouch for it. */
async function compared(
  path: string,
  xxh64: string,
  known: ReadonlyMap<Algorithm, KnownHash>,
): Promise<ListedHash[]> {
  const others = [...known.keys()].filter((algorithm) => algorithm !== 'xxh64');
  const values = others.length === 0 ? new Map() : await hashesOf(path, others);
  const actual = new Map<Algorithm, string>([...values, ['xxh64', xxh64]]);
  const hashes = Array.from(known, ([algorithm, first]): ListedHash => {
    const value = actual.get(algorithm) ?? '';
    return { algorithm, value, action: value === first.value ? 'verified' : 'failed' };
  });
  if (known.has('xxh64') || hashes.some(({ action }) => action === 'failed')) return hashes;
  const action = known.size === 0 ? 'original' : 'verified';
  return [...hashes, { algorithm: 'xxh64', value: xxh64, action }];
}
