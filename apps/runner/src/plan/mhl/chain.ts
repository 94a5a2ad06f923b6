import { basename, join } from 'node:path';
import { errorMessage, openEntry, readWhole } from '../../files/index.ts';
import { c4Of } from '../../mhl/c4.ts';
import { elementsIn, readXml, textOf } from '../../mhl/xml.ts';

/** The folder of a history, beside what it lists. */
export const HISTORY_FOLDER = 'ascmhl';
/** Inside it: which hash lists there are, and the hash of each. */
const CHAIN_NAME = 'ascmhl_chain.xml';
/** No chain of people's is larger, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Checks that the lists of a history are those that were written.
 *
 * @param lists their bytes by path.
 * @throws Error with a sentence.
 */
export async function checkChain(
  history: string,
  lists: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const chain = join(history, CHAIN_NAME);
  const ids = await idsIn(chain).catch((error: unknown) => {
    throw new Error(`${chain} can't be read: ${errorMessage(error)}.`, { cause: error });
  });
  for (const [path, bytes] of lists) {
    if (ids.get(basename(path)) !== c4Of(bytes))
      throw new Error(`${path} is not the list that ${chain} names: it was changed or added.`);
  }
  const missing = [...ids.keys()].find((name) => !lists.has(join(history, name)));
  if (missing !== undefined)
    throw new Error(`${join(history, missing)} is missing, and ${chain} names it.`);
}

/** The C4 of each list that a chain names, by its file's name. */
async function idsIn(chain: string): Promise<ReadonlyMap<string, string>> {
  const text = (await readWhole(chain, MOST_BYTES, openEntry)).toString();
  const [root = {}] = elementsIn(readXml(text), 'ascmhldirectory');
  const ids = new Map<string, string>();
  for (const entry of elementsIn(root, 'hashlist')) {
    const [name = '', c4 = ''] = ['path', 'c4'].map((key) =>
      textOf(elementsIn(entry, key)[0] ?? {}),
    );
    if (name === '' || basename(name) !== name || c4 === '')
      throw new Error('one of its entries has no file name or hash');
    if (ids.has(name)) throw new Error(`it names ${name} twice`);
    ids.set(name, c4);
  }
  return ids;
}
