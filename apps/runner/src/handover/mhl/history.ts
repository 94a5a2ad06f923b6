import { dirname, join } from 'node:path';
import { errorCode, errorMessage, openEntry, readdir, readWhole } from '../../files/index.ts';
import { c4Of } from '../../mhl/c4.ts';
import {
  CHAIN_NAME,
  HISTORY_FOLDER,
  isOfHistory,
  listPath,
  readChain,
  type Generation,
} from '../../mhl/chain.ts';
import type { Algorithm } from '../../mhl/algorithms.ts';
import { MOST_LIST_BYTES, parseMhl } from '../../mhl/parse-mhl.ts';
import { printable } from '../../text/index.ts';

/** What earlier hand-overs have said of the files below a folder. */
export interface History {
  generations: Generation[];
  /** By path below the folder, as each kind of hash was first listed. */
  hashes: Map<string, Map<Algorithm, KnownHash>>;
}

export interface KnownHash {
  value: string;
  /** The number of the list that has it first. */
  generation: number;
}

/** The history can't be trusted or read; nothing is added to it. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

/**
 * Reads the history of a folder: an empty one where there is none yet.
 *
 * @param own a list that is being added, which the chain doesn't name yet.
 * @throws HistoryError when a list isn't what its chain says, can't be read as one, or is in no chain.
 */
export async function readHistory(root: string, own?: string): Promise<History> {
  const chain = join(root, HISTORY_FOLDER, CHAIN_NAME);
  const history: History = { generations: [], hashes: new Map() };
  for (const generation of await generationsOf(chain)) {
    const path = listPath(chain, generation);
    const bytes = await readBounded(path);
    if (c4Of(bytes) !== generation.c4)
      throw new HistoryError(`${printable(path)} isn't what its chain says: it was changed.`);
    history.generations.push(generation);
    for (const { path: file, hashes } of filesOf(bytes, path)) {
      const known = history.hashes.get(file) ?? new Map<Algorithm, KnownHash>();
      for (const [algorithm, value] of hashes)
        if (!known.has(algorithm)) known.set(algorithm, { value, generation: generation.number });
      history.hashes.set(file, known);
    }
  }
  const names = history.generations.map(({ name }) => name);
  await refuseUnnamed(dirname(chain), new Set([CHAIN_NAME, own, ...names]));
  return history;
}

/** The chain is read before: of two hand-overs at once, each of which writes its list before it looks, one sees the other's. */
async function refuseUnnamed(folder: string, known: ReadonlySet<string | undefined>) {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw unreadable(folder, error);
  });
  const unnamed = names.find((name) => isOfHistory(name) && !known.has(name));
  if (unnamed !== undefined)
    throw new HistoryError(
      `${printable(join(folder, unnamed))} is in no chain: another program is adding it, was killed meanwhile, or ${CHAIN_NAME} was changed. Try again, then restore the chain or move the list away.`,
    );
}

async function generationsOf(chain: string): Promise<Generation[]> {
  try {
    return await readChain(chain);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw unreadable(chain, error);
  }
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    return await readWhole(path, MOST_LIST_BYTES, openEntry);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function filesOf(bytes: Buffer, path: string) {
  try {
    return parseMhl(bytes.toString());
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): HistoryError {
  return new HistoryError(`${printable(path)} can't be read: ${errorMessage(cause)}`, { cause });
}
