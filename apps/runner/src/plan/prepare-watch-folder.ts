import { JobFailure } from '@app/jobspec';
import { errorFact, mkdir, readdir, realPathOf, stat } from '../files/index.ts';
import { checkOutsideStateFolders } from '../validation/index.ts';
import { outerFolderOf, type WatchFolder } from '../watch/folder/index.ts';
import { PlanRefusal } from './plan-refusal.ts';
import { checkStates } from './state-names.ts';

/**
 * Checks that JobSpecs can be submitted to a folder, and that proxies may lie in `output`.
 *
 * @throws PlanRefusal
 */
export async function prepareWatchFolder(watch: WatchFolder, output: string): Promise<void> {
  await prepareRoot(watch);
  await checkStates(watch);
  const real = await realPathOf(output);
  await checkOutsideStateFolders(real, watch.root).catch((error: unknown) => {
    throw error instanceof JobFailure ? new PlanRefusal('usage', error.message) : error;
  });
}

/** An empty folder becomes a watch folder; anything else that is none may be a share that isn't mounted, or a slip. */
async function prepareRoot({ root, pending }: WatchFolder) {
  const isThere = await isFolder(pending);
  const outer = await outerFolderOf(root);
  if (outer !== null && (outer.isInside || !isThere))
    throw new PlanRefusal(
      'folder',
      `${root} belongs to the watch folder ${outer.root}. Name that one.`,
    );
  if (isThere) return;
  const names = await readdir(root).catch(() => null);
  const sentence =
    names === null
      ? `${root} is not a folder. Create it first, or check the path and the mount.`
      : `${root} is not a watch folder. Start a runner on it first, or name an empty folder.`;
  if (names === null || names.length > 0) throw new PlanRefusal('folder', sentence);
  await mkdir(pending).catch((error: unknown) => {
    throw new PlanRefusal('folder', `${root} can't be written to: ${errorFact(error)}.`);
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
