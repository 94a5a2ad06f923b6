import { dirname, join } from 'node:path';
import { isObject, list, OWN_DIRECTORY, OWN_NAMES, text } from '@app/jobspec/folder';
import { makeFolders, mappedPath, readWhole, writeDurably } from '../files/index.ts';

/** A clip that isn't what its hash list says, and so isn't planned. */
export interface Mismatch {
  source: string;
  /** A sentence. */
  reason: string;
  /** When it was found, UTC. */
  foundAt: string;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** What plans for a watch folder have found to differ from its hash list, and not made since; nothing where nobody has looked. */
export async function readMismatches(root: string): Promise<Mismatch[]> {
  const bytes = await readWhole(pathOf(root), MOST_BYTES).catch(() => null);
  if (bytes === null) return [];
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return list(isObject(value) ? value['clips'] : []).flatMap(mismatchIn);
  } catch {
    return [];
  }
}

/**
 * Notes which sources differ. What was found of others stays.
 *
 * @param checked all sources that were compared.
 * @throws the system's error.
 */
export async function noteMismatches(
  root: string,
  checked: readonly string[],
  found: readonly Mismatch[],
): Promise<void> {
  const before = await readMismatches(root);
  const compared = new Set(checked);
  const kept = before.filter(({ source }) => !compared.has(source));
  if (kept.length === before.length && found.length === 0) return;
  const path = pathOf(root);
  const clips = [...kept, ...found].map(({ source, reason, foundAt }) => ({
    source,
    reason,
    found_at: foundAt,
  }));
  await makeFolders(dirname(path));
  await writeDurably(path, `${path}.tmp`, `${JSON.stringify({ clips }, null, 2)}\n`);
}

function pathOf(root: string): string {
  return join(root, OWN_DIRECTORY, OWN_NAMES.mismatches);
}

function mismatchIn(value: unknown): Mismatch[] {
  if (!isObject(value)) return [];
  const [source, reason, foundAt] = [value['source'], value['reason'], value['found_at']].map(text);
  return source && reason && foundAt ? [{ source: mappedPath(source), reason, foundAt }] : [];
}
