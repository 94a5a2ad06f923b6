import { JobFailure } from '@app/jobspec';
import { errorFact, isDirectory, makeFolders, realPathOf } from '../files/index.ts';
import { checkOutsideStateFolders } from '../validation/index.ts';
import { foreignFolderFault, outerFolderOf, type WatchFolder } from '../watch/folder/index.ts';
import { PlanRefusal } from './plan-refusal.ts';
import { checkStates } from './state-names.ts';

/**
 * Checks that JobSpecs can be submitted to a folder, and that proxies may lie in `places`.
 *
 * @throws PlanRefusal
 */
export async function prepareWatchFolder(
  watch: WatchFolder,
  places: readonly string[],
): Promise<void> {
  await prepareRoot(watch);
  await checkStates(watch);
  for (const place of places)
    await checkOutsideStateFolders(await realPathOf(place), watch.root).catch((error: unknown) => {
      throw error instanceof JobFailure ? new PlanRefusal('usage', error.message) : error;
    });
}

/** An empty folder becomes a watch folder; anything else that is none may be a share that isn't mounted, or a slip. */
async function prepareRoot({ root, pending }: WatchFolder) {
  const isThere = await isDirectory(pending);
  const outer = await outerFolderOf(root);
  if (outer !== null && (outer.isInside || !isThere))
    throw new PlanRefusal(
      'folder',
      `${root} belongs to the watch folder ${outer.root}. Name that one.`,
    );
  if (isThere) return;
  const fault = await foreignFolderFault(root).catch(
    () => `${root} is not a folder. Create it first, or check the path and the mount.`,
  );
  if (fault !== null) throw new PlanRefusal('folder', fault);
  await makeFolders(pending).catch((error: unknown) => {
    throw new PlanRefusal('folder', `${root} can't be written to: ${errorFact(error)}.`);
  });
}
