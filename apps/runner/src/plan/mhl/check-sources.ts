import { basename, dirname, join } from 'node:path';
import { clipFilesOf, framesOf, lookAtSource } from '../../sources/index.ts';
import { mismatchOf } from './check-file.ts';
import type { Expected } from './expected-files.ts';

/** What lists say of a source. */
export interface SourceCheck {
  /** Why it doesn't match, a sentence; `null` when it does, or no list has it. */
  mismatch: string | null;
  /** Whether no list has a hash of one of its files. */
  isUnlisted: boolean;
}

/** Checks every file of a source: its parts, its settings, its frames. */
export async function checkSource(
  path: string,
  expected: ReadonlyMap<string, readonly Expected[]>,
  onBytes: (count: number) => void,
): Promise<SourceCheck> {
  let isUnlisted = false;
  for (const file of await filesOf(path)) {
    const entry = expected.get(file);
    if (entry === undefined || entry.every(({ hash }) => hash === null)) isUnlisted = true;
    for (const one of entry ?? []) {
      const mismatch = await mismatchOf(file, one, onBytes);
      if (mismatch !== null) return { mismatch, isUnlisted };
    }
  }
  return { mismatch: null, isUnlisted };
}

async function filesOf(path: string): Promise<string[]> {
  const folder = framesOf(await lookAtSource(path));
  if (folder !== null) return folder.frames.names.map((name) => join(folder.path, name));
  const { parts, settings } = await clipFilesOf(path);
  return [basename(path), ...parts, ...settings].map((name) => join(dirname(path), name));
}
