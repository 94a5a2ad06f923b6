import { folderFault, type FolderFault, isDirectory } from '../files/index.ts';
import type { WatchFolder } from '../watch/folder/index.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';
import { prepareWatchFolder } from './prepare-watch-folder.ts';

/**
 * Checks before any work that JobSpecs and proxies can be written where they are to go.
 *
 * @param watch that JobSpecs are submitted to; `null` for none.
 * @throws PlanRefusal
 */
export async function prepareFolders(request: PlanRequest, watch: WatchFolder | null) {
  const { place, media, target } = request;
  if (target.how === 'print') return;
  // A folder that is there may be written to by the runner's machine alone.
  if (place.how === 'output' && !(await isDirectory(place.folder)))
    refuse(await folderFault(place.folder), 'another --output');
  if (watch === null) refuse(await folderFault(target.folder), 'another folder with --write');
  else await prepareWatchFolder(watch, place.how === 'output' ? [place.folder] : media);
}

function refuse(fault: FolderFault | null, advice: string) {
  if (fault === null) return;
  throw new PlanRefusal('folder', `${fault.path} ${fault.fact}. Name ${advice}.`);
}
