import { dirname, join, relative, sep } from 'node:path';
import { contains, readdir } from '../files/index.ts';
import { HISTORY_FOLDER, isOfHistory, namesInHidden } from '../mhl/chain.ts';

/**
 * Says which folder's history each proxy belongs to: the nearest one above it that has a history. Those that have none begin one
 * in the deepest folder that holds them all, or in their own folders where that is the root of everything. What lies higher than
 * all proxies is the history of something else: of a volume, or of a card.
 *
 * @param proxies absolute paths.
 * @param folders of all proxies that the watch folder has made.
 * @param beside proxies that lie beside their sources: a history above them would be one of the sources.
 * @returns the proxies by folder.
 */
export async function historiesOf(
  proxies: readonly string[],
  folders: readonly string[],
  beside: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const top = commonFolder([...folders, ...proxies.map((proxy) => dirname(proxy))]);
  const known = new Map<string, Promise<string | null>>([[dirname(top), Promise.resolve(null)]]);
  const groups = new Map<string, string[]>();
  const alone: string[] = [];
  for (const proxy of proxies) {
    const root = beside.has(proxy) ? dirname(proxy) : await nearestHistory(dirname(proxy), known);
    if (root === null) alone.push(proxy);
    else add(groups, root, proxy);
  }
  const common = commonFolder(alone.map((proxy) => dirname(proxy)));
  const isRoot = dirname(common) === common;
  for (const proxy of alone) add(groups, isRoot ? dirname(proxy) : common, proxy);
  return groups;
}

/** The path of a file below a folder, with `/` on every system. */
export function pathBelow(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function nearestHistory(
  folder: string,
  known: Map<string, Promise<string | null>>,
): Promise<string | null> {
  const before = known.get(folder);
  if (before) return before;
  const found = findHistory(folder, known);
  known.set(folder, found);
  return found;
}

async function findHistory(folder: string, known: Map<string, Promise<string | null>>) {
  const names = await readdir(join(folder, HISTORY_FOLDER)).catch(namesInHidden);
  if (names === null || names.some(isOfHistory)) return folder;
  return dirname(folder) === folder ? null : nearestHistory(dirname(folder), known);
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? sep;
  for (const folder of folders)
    while (!contains(common, folder) && dirname(common) !== common) common = dirname(common);
  return common;
}

function add(groups: Map<string, string[]>, root: string, proxy: string) {
  const group = groups.get(root);
  if (group) group.push(proxy);
  else groups.set(root, [proxy]);
}
