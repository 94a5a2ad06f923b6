import { basename, join } from 'node:path';
import { c4Of } from '../../mhl/c4.ts';
import { CHAIN_NAME, readChain } from '../../mhl/chain.ts';
import { errorMessage } from '../../files/index.ts';

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
    return new Map((await readChain(chain)).map(({ name, c4 }) => [name, c4]));
  } catch (error) {
    throw new Error(`${chain} can't be read: ${errorMessage(error)}.`, { cause: error });
  }
}
