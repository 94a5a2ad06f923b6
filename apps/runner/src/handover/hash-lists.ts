import { hostname } from 'node:os';
import { RUNNER_VERSION } from '../config/version.ts';
import type { HashedFile } from '../files/file-hash.ts';
import { historiesOf } from './histories.ts';
import { listFiles } from './listed-files.ts';
import { readHistory } from './mhl/history.ts';
import { writeGeneration } from './mhl/write-generation.ts';

/**
 * Adds what was read to the history of each folder that has some of it.
 *
 * @param hashed by path.
 * @returns the hash lists that were written, and sentences on files that aren't as they were.
 * @throws HistoryError; the system's error.
 */
export async function writeHashLists(hashed: ReadonlyMap<string, HashedFile>) {
  const files: string[] = [];
  const problems: string[] = [];
  for (const [root, proxies] of await historiesOf([...hashed.keys()])) {
    const members = new Set(proxies);
    const own = new Map([...hashed].filter(([path]) => members.has(path)));
    const history = await readHistory(root);
    const createdAt = new Date();
    const listed = listFiles(root, own, history, createdAt);
    problems.push(...listed.problems);
    if (listed.files.length === 0) continue;
    const facts = { createdAt, hostname: hostname(), version: RUNNER_VERSION };
    files.push(await writeGeneration(root, history, { ...facts, files: listed.files }));
  }
  return { files, problems };
}
