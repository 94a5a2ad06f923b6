import { hostname } from 'node:os';
import { RUNNER_VERSION } from '../config/version.ts';
import { errorMessage, type HashedFile } from '../files/index.ts';
import { printable } from '../text/index.ts';
import { historiesOf } from './histories.ts';
import { listFiles } from './listed-files.ts';
import { readHistory, writeGeneration } from './mhl/index.ts';

/**
 * Adds what was read to the history of each folder that has some of it.
 *
 * @param hashed by path.
 * @param folders of all proxies that the watch folder has made.
 * @returns the hash lists that were written, sentences on what is in none, and on files that aren't what they were, by their paths.
 */
export async function writeHashLists(
  hashed: ReadonlyMap<string, HashedFile>,
  folders: readonly string[],
) {
  const files: string[] = [];
  const problems: string[] = [];
  const changed = new Map<string, string>();
  for (const [root, proxies] of await historiesOf([...hashed.keys()], folders)) {
    const members = new Set(proxies);
    const own = new Map([...hashed].filter(([path]) => members.has(path)));
    try {
      const written = await writeHashList(root, own, problems, changed);
      if (written !== null) files.push(written);
    } catch (error) {
      problems.push(`There is no hash list for ${printable(root)}: ${errorMessage(error)}`);
    }
  }
  return { files, problems, changed };
}

async function writeHashList(
  root: string,
  hashed: ReadonlyMap<string, HashedFile>,
  problems: string[],
  changed: Map<string, string>,
): Promise<string | null> {
  const history = await readHistory(root);
  const createdAt = new Date();
  const listed = await listFiles(root, hashed, history, createdAt);
  problems.push(...listed.problems);
  for (const [path, sentence] of listed.changed) changed.set(path, sentence);
  if (listed.files.length === 0) return null;
  const facts = { createdAt, hostname: hostname(), version: RUNNER_VERSION };
  return writeGeneration(root, history, { ...facts, files: listed.files });
}
