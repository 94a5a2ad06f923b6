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
 * @param verified those that have the hash of their results.
 * @param folders of all proxies that the watch folder has made.
 * @returns the hash lists that were written, sentences on what is in none, on files that aren't what they were, by their paths,
 *   and on those that were made again.
 */
export async function writeHashLists(
  hashed: ReadonlyMap<string, HashedFile>,
  verified: ReadonlySet<string>,
  folders: readonly string[],
) {
  const files: string[] = [];
  const problems: string[] = [];
  const changed = new Map<string, string>();
  const remade: string[] = [];
  for (const [root, proxies] of await historiesOf([...hashed.keys()], folders)) {
    const members = new Set(proxies);
    const own = new Map([...hashed].filter(([path]) => members.has(path)));
    try {
      const history = await readHistory(root);
      const createdAt = new Date();
      const listed = await listFiles(root, own, verified, history, createdAt);
      problems.push(...listed.problems);
      remade.push(...listed.remade);
      for (const [path, sentence] of listed.changed) changed.set(path, sentence);
      if (listed.files.length === 0) continue;
      const facts = { createdAt, hostname: hostname(), version: RUNNER_VERSION };
      files.push(await writeGeneration(root, history, { ...facts, files: listed.files }));
    } catch (error) {
      problems.push(`There is no hash list for ${printable(root)}: ${errorMessage(error)}`);
    }
  }
  return { files, problems, changed, remade };
}
