import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import {
  errorCode,
  type HeldFolder,
  isSystemError,
  openFolders,
  rm,
  writeDurably,
} from '../../files/index.ts';
import { publishFile } from '../../job/index.ts';
import { c4Of } from '../../mhl/c4.ts';
import { chainXml, hashListXml, type HashList } from './hash-list.ts';
import { CHAIN_NAME, HISTORY_FOLDER, readChain } from '../../mhl/chain.ts';
import { HistoryError, readHistory, type History } from './history.ts';

/**
 * Adds a hash list to the history of a folder: the list first, the chain that names it last. Others may write to that folder: it is
 * held, and no link of theirs leads the history elsewhere.
 *
 * @param history as it was when the files were compared with it.
 * @returns the path of the list.
 * @throws HistoryError when somebody else has added one meanwhile; LinkOnTheWay; the system's error.
 */
export async function writeGeneration(
  root: string,
  history: History,
  list: HashList,
): Promise<string> {
  const name = join(root, HISTORY_FOLDER);
  const folder = await openFolders(name, { root });
  try {
    return join(name, await addTo(folder, root, history, list));
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path: name }) : error;
  } finally {
    await folder.close();
  }
}

/** @returns the name of the list. */
async function addTo(
  folder: HeldFolder,
  root: string,
  history: History,
  list: HashList,
): Promise<string> {
  const number = Math.max(0, ...history.generations.map((one) => one.number)) + 1;
  const name = listName(number, basename(root), list.createdAt);
  const xml = hashListXml(list);
  await publishFile(folder.entry(name), xml).catch((error: unknown) => {
    throw error instanceof JobFailure ? meanwhile(root) : error;
  });
  const temporary = folder.entry(`.${randomUUID()}.tmp`);
  try {
    const now = await readHistory(root, name);
    if (now.generations.length !== history.generations.length) throw meanwhile(root);
    const generations = [...now.generations, { number, name, c4: c4Of(Buffer.from(xml)) }];
    await writeDurably(folder.entry(CHAIN_NAME), temporary, chainXml(generations));
    return name;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    await removeUnnamed(folder, name).catch(() => undefined);
    throw error;
  }
}

function meanwhile(root: string): HistoryError {
  const folder = join(root, HISTORY_FOLDER);
  return new HistoryError(`Another hand-over has just written into ${folder}. Try again.`);
}

/** So many characters, of four bytes each, leave room for number and time in a name. */
const LABEL = /^.{0,50}/su;

/** What a list is called: after its folder, as far as XML has words for that and a name has room. */
export function listName(number: number, folder: string, createdAt: Date): string {
  const [label = ''] = folder.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '_').match(LABEL) ?? [];
  return `${String(number).padStart(4, '0')}_${label}_${stampOf(createdAt)}.mhl`;
}

/** A list that its chain doesn't name would make the whole history doubtful to whoever reads it next. */
async function removeUnnamed(folder: HeldFolder, name: string) {
  const generations = await readChain(folder.entry(CHAIN_NAME)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  if (generations.every((one) => one.name !== name)) await rm(folder.entry(name));
}

/** `2026-11-25_120000Z`. */
function stampOf(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  return `${day}_${time.slice(0, 8).replaceAll(':', '')}Z`;
}
