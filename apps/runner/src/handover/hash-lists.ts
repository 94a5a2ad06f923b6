import { hostname } from 'node:os';
import { RUNNER_VERSION } from '../config/version.ts';
import { errorMessage, type HashedFile } from '../files/index.ts';
import { printable } from '../text/index.ts';
import { historiesOf } from './histories.ts';
import { listFiles } from './listed-files.ts';
import { type HashList, type History, readHistory, writeGeneration } from './mhl/index.ts';

/** A hash list that can be added to the history of a folder, as that was when files were compared with it. */
export interface PlannedList {
  root: string;
  history: History;
  list: HashList;
}

/**
 * Compares what was read with the history of each folder that has some of it. Nothing is written.
 *
 * @param hashed by path.
 * @param verified those that have the hash of their results.
 * @param folders of all proxies that the watch folder has made.
 * @param beside those that lie in a folder beside their source.
 * @returns the hash lists to write, sentences on what is in none, on files that aren't what they were, by their paths,
 *   and on those that were made again.
 */
export async function planHashLists(
  hashed: ReadonlyMap<string, HashedFile>,
  verified: ReadonlySet<string>,
  folders: readonly string[],
  beside: ReadonlySet<string>,
) {
  const planned: PlannedList[] = [];
  const problems: string[] = [];
  const changed = new Map<string, string>();
  const remade: string[] = [];
  for (const [root, proxies] of await historiesOf([...hashed.keys()], folders, beside)) {
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
      planned.push({ root, history, list: { ...facts, files: listed.files } });
    } catch (error) {
      problems.push(noList(root, error));
    }
  }
  return { planned, problems, changed, remade };
}

/** Adds lists to their histories. @returns their paths, and a sentence for each that can't be written. */
export async function writeHashLists(planned: readonly PlannedList[]) {
  const files: string[] = [];
  const problems: string[] = [];
  for (const { root, history, list } of planned)
    try {
      files.push(await writeGeneration(root, history, list));
    } catch (error) {
      problems.push(noList(root, error));
    }
  return { files, problems };
}

function noList(root: string, cause: unknown): string {
  return `There is no hash list for ${printable(root)}: ${errorMessage(cause)}`;
}
