import { basename, join } from 'node:path';
import { CHAIN_NAME } from '../../handover/mhl/history.ts';
import { c4Of } from '../../handover/mhl/c4.ts';
import { readFile } from '../../files/patient-fs.ts';
import { errorMessage } from '../../files/system-error.ts';
import { elementsIn, readXml, textOf } from './xml.ts';

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
  const ids = await idsIn(chain);
  for (const [path, bytes] of lists) {
    if (ids.get(basename(path)) !== c4Of(bytes))
      throw new Error(`${path} is not the list that ${chain} names: it was changed or added.`);
  }
  const missing = [...ids.keys()].find((name) => !lists.has(join(history, name)));
  if (missing !== undefined)
    throw new Error(`${join(history, missing)} is missing, and ${chain} names it.`);
}

async function idsIn(chain: string): Promise<ReadonlyMap<string, string>> {
  try {
    const [root = {}] = elementsIn(readXml(await readFile(chain, 'utf8')), 'ascmhldirectory');
    const text = (entry: typeof root, name: string) => textOf(elementsIn(entry, name)[0] ?? {});
    return new Map(
      elementsIn(root, 'hashlist').map((entry) => [text(entry, 'path'), text(entry, 'c4')]),
    );
  } catch (error) {
    throw new Error(`${chain} can't be read: ${errorMessage(error)}.`, { cause: error });
  }
}
