import { basename, dirname, join, relative } from 'node:path';
import type { Found } from './found.ts';
import type { PlanRequest } from './plan-request.ts';

/**
 * The output folder of what lies in a folder: below the output, under the medium's own name, as deep as there; or beside it.
 *
 * @param folder that the source lies in.
 */
export function mirrored(
  { path, medium }: Found,
  { place, isFlat }: Pick<PlanRequest, 'place' | 'isFlat'>,
  folder: string,
): string {
  if (place.how === 'beside') return join(folder, place.name);
  const isMedium = path === medium && folder !== medium;
  return isFlat || isMedium
    ? place.folder
    : join(place.folder, basename(medium), relative(medium, folder));
}

/** Where the files of a source lie: a medium that is one clip lies in no folder of its own. */
export function sourceFolderOf({ path, medium }: Found): string {
  return path === medium ? dirname(medium) : dirname(path);
}
