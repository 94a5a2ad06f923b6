import { dirname } from 'node:path';
import { contains, errorFact, LinkOnTheWay, makeFolders } from '../files/index.ts';
import type { JobDocument } from './draft.ts';
import type { Destination } from './plan-request.ts';

/**
 * Makes the folder of a job's proxies.
 *
 * @param whose group shares it, as `makeFolders` has it.
 * @returns why it can't be made, a sentence: a link below what people have named isn't theirs.
 */
export async function makeProxyFolder(
  { directory, clips }: JobDocument,
  place: Destination,
  whose?: string,
): Promise<string | null> {
  const medium = clips[0]?.medium ?? '';
  const beside = contains(medium, directory) ? medium : dirname(directory);
  const root = place.how === 'output' ? place.folder : beside;
  try {
    await makeFolders(directory, { root, whose });
    return null;
  } catch (error) {
    if (error instanceof LinkOnTheWay) return error.message;
    return `${directory} can't be made: ${errorFact(error)}. Put that right, or name another --output.`;
  }
}
