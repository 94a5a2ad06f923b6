import { basename, dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { mkdir, readdir, realPathOf, stat } from '../files/index.ts';
import { checkOutsideStateFolders } from '../validation/index.ts';
import type { WatchFolder } from '../watch/folder/index.ts';
import { PlanRefusal } from './plan-refusal.ts';

/**
 * Checks that JobSpecs can be submitted to a folder, and that proxies may lie in `output`.
 *
 * @throws PlanRefusal
 */
export async function prepareWatchFolder(watch: WatchFolder, output: string): Promise<void> {
  await prepareRoot(watch);
  const real = await realPathOf(output);
  await checkOutsideStateFolders(real, watch.root).catch((error: unknown) => {
    throw error instanceof JobFailure ? new PlanRefusal('usage', error.message) : error;
  });
}

/** An empty folder becomes a watch folder; anything else that is none may be a share that isn't mounted, or a slip. */
async function prepareRoot(watch: WatchFolder) {
  if (await isFolder(watch.pending)) return;
  await checkNoStateFolder(watch.root);
  const names = await readdir(watch.root).catch(() => null);
  const sentence =
    names === null
      ? `${watch.root} is no folder. Create it first, or check the path and the mount.`
      : `${watch.root} is no watch folder. Start a runner on it first, or name an empty folder.`;
  if (names === null || names.length > 0) throw new PlanRefusal('folder', sentence);
  await mkdir(watch.pending);
}

/** A watch folder inside of another's own directories would be seen by nobody. */
async function checkNoStateFolder(root: string) {
  const isState = (JOB_STATES as readonly string[]).includes(basename(root));
  if (isState && (await isFolder(join(dirname(root), 'pending'))))
    throw new PlanRefusal(
      'folder',
      `${root} belongs to the watch folder ${dirname(root)}. Name that one.`,
    );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
