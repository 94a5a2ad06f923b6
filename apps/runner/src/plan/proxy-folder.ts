import { dirname } from 'node:path';
import { contains, LinkOnTheWay, makeFolders } from '../files/index.ts';
import type { JobDocument } from './draft.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { Destination } from './plan-request.ts';

/**
 * Makes the folder of a job's proxies.
 *
 * @param whose group shares it, as `makeFolders` has it.
 * @throws PlanRefusal for a link below what people have named; the system's error.
 */
export async function makeProxyFolder(job: JobDocument, place: Destination, whose?: string) {
  const root = namedRootOf(job, place);
  await makeFolders(job.directory, { root, whose }).catch((error: unknown) => {
    throw error instanceof LinkOnTheWay ? new PlanRefusal('folder', error.message) : error;
  });
}

/** What people have named that the folder of its proxies lies in, or is: links below it are not theirs. */
export function namedRootOf({ directory, clips }: JobDocument, place: Destination): string {
  if (place.how === 'output') return place.folder;
  const medium = clips[0]?.medium ?? '';
  return contains(medium, directory) ? medium : dirname(directory);
}
