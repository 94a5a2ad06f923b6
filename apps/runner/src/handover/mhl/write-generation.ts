import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { errorCode, makeFolders, rm, writeDurably } from '../../files/index.ts';
import { publishFile } from '../../job/index.ts';
import { c4Of } from '../../mhl/c4.ts';
import { chainXml, hashListXml, type HashList } from './hash-list.ts';
import { CHAIN_NAME, HISTORY_FOLDER, readChain } from '../../mhl/chain.ts';
import { HistoryError, readHistory, type History } from './history.ts';

/**
 * Adds a hash list to the history of a folder: the list first, the chain that names it last.
 *
 * @param history as it was when the files were compared with it.
 * @returns the path of the list.
 * @throws HistoryError when somebody else has added one meanwhile; the system's error.
 */
export async function writeGeneration(
  root: string,
  history: History,
  list: HashList,
): Promise<string> {
  const folder = join(root, HISTORY_FOLDER);
  await makeFolders(folder);
  const number = Math.max(0, ...history.generations.map((one) => one.number)) + 1;
  const name = listName(number, basename(root), list.createdAt);
  const xml = hashListXml(list);
  await publishFile(join(folder, name), xml).catch((error: unknown) => {
    throw error instanceof JobFailure ? meanwhile(folder) : error;
  });
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    const now = await readHistory(root, name);
    if (now.generations.length !== history.generations.length) throw meanwhile(folder);
    const generations = [...now.generations, { number, name, c4: c4Of(Buffer.from(xml)) }];
    await writeDurably(join(folder, CHAIN_NAME), temporary, chainXml(generations));
    return join(folder, name);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    await removeUnnamed(folder, name).catch(() => undefined);
    throw error;
  }
}

function meanwhile(folder: string): HistoryError {
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
async function removeUnnamed(folder: string, name: string) {
  const generations = await readChain(join(folder, CHAIN_NAME)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  if (generations.every((one) => one.name !== name)) await rm(join(folder, name));
}

/** `2026-11-25_120000Z`. */
function stampOf(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  return `${day}_${time.slice(0, 8).replaceAll(':', '')}Z`;
}
