import { printable } from '../text/index.ts';
import type { HashedFile } from '../files/index.ts';
import { pathBelow } from './histories.ts';
import { type History, type ListedFile, refusalOfPath } from './mhl/index.ts';

export interface ListedFiles {
  files: ListedFile[];
  /** A sentence for each file that isn't listed, or isn't what it was when it was listed first. */
  problems: string[];
}

/** Compares files with the history of their folder: new ones are `original`, others `verified` or `failed`. */
export function listFiles(
  root: string,
  hashed: ReadonlyMap<string, HashedFile>,
  history: History,
  hashedAt: Date,
): ListedFiles {
  const listed: ListedFiles = { files: [], problems: [] };
  for (const [absolute, { xxh64, bytes, modifiedAt }] of hashed) {
    const path = pathBelow(root, absolute);
    const refusal = refusalOfPath(path);
    if (refusal !== null) {
      listed.problems.push(`${printable(absolute)} can't be in a hash list: ${refusal}.`);
      continue;
    }
    const before = history.hashes.get(path);
    const action = before === undefined ? 'original' : before === xxh64 ? 'verified' : 'failed';
    if (action === 'failed')
      listed.problems.push(
        `${printable(absolute)} isn't what it was: the history has the hash ${before}, the file ${xxh64}.`,
      );
    listed.files.push({ path, bytes, modifiedAt, xxh64, action, hashedAt });
  }
  return listed;
}
