import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { makeFolders, writeDurably } from '../../files/index.ts';
import { publishText } from '../../job/index.ts';
import { c4Of } from '../../mhl/c4.ts';
import { chainXml, hashListXml, type HashList } from './hash-list.ts';
import { CHAIN_NAME, HISTORY_FOLDER } from '../../mhl/chain.ts';
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
  const name = `${String(number).padStart(4, '0')}_${basename(root)}_${stampOf(list.createdAt)}.mhl`;
  const xml = hashListXml(list);
  await publishText(join(folder, name), xml);
  const now = await readHistory(root);
  if (now.generations.length !== history.generations.length)
    throw new HistoryError(`Another hand-over has just written into ${folder}. Try again.`);
  const generations = [...now.generations, { number, name, c4: c4Of(Buffer.from(xml)) }];
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  await writeDurably(join(folder, CHAIN_NAME), temporary, chainXml(generations));
  return join(folder, name);
}

/** `2026-11-25_120000Z`. */
function stampOf(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  return `${day}_${time.slice(0, 8).replaceAll(':', '')}Z`;
}
