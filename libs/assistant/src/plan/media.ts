import { basename, dirname, join, relative } from 'node:path';
import { contains, errorCode, errorFact, realPathOf, stat } from '@app/storage';
import { misuse, Refusal } from '../refusal/refusal.ts';
import type { Destination, PlanRequest } from './plan-request.ts';
import { Walk, type Found } from './walk.ts';

/**
 * A card has one name, whichever links lead to it. JobSpecs keep that name: a link may lead to another card tomorrow, and its clips
 * must not be taken for those of today.
 *
 * @throws Refusal for media that lie in one another.
 */
export async function followLinks(request: PlanRequest): Promise<PlanRequest> {
  const media = [...new Set(await Promise.all(request.media.map(realOf)))];
  for (const medium of media) {
    const outer = media.find((other) => other !== medium && contains(other, medium));
    if (outer !== undefined) throw misuse(`${medium} lies in ${outer}. Name one of them.`);
  }
  return { ...request, media };
}

/**
 * Looks through all media, which are named without links.
 *
 * @param onEntry told how many entries were seen.
 * @param onRefused told of a medium that isn't there, or whose proxies would come to lie among its clips.
 * @throws Refusal of such a medium where nobody is told.
 */
export async function lookThrough(
  request: PlanRequest,
  onEntry: (count: number) => void,
  onRefused?: (medium: string, refusal: Refusal, walk: Walk) => void,
): Promise<Walk> {
  const walk = new Walk(onEntry);
  const { media, place } = request;
  const real: Destination =
    place.how === 'output' ? { how: 'output', folder: await realOf(place.folder) } : place;
  for (const medium of media)
    try {
      if (await isFolder(medium)) {
        checkApart(medium, { ...request, place: real });
        await walk.folder(medium, real);
      } else walk.found.push({ path: medium, medium });
    } catch (error) {
      if (!(error instanceof Refusal) || onRefused === undefined) throw error;
      onRefused(medium, error, walk);
    }
  return walk;
}

async function realOf(path: string): Promise<string> {
  return (await realPathOf(path)).real;
}

async function isFolder(medium: string): Promise<boolean> {
  try {
    return (await stat(medium)).isDirectory();
  } catch (error) {
    const isMissing = errorCode(error) === 'ENOENT';
    const fact = isMissing ? 'does not exist' : `can't be used: ${errorFact(error)}`;
    throw misuse(`${medium} ${fact}. Name a card, a folder or a clip.`);
  }
}

/** Proxies among the clips would be clips the next time. A folder of them in the medium is passed over. */
function checkApart(medium: string, request: PlanRequest) {
  const { place } = request;
  if (place.how === 'beside') return;
  if (place.folder !== medium && contains(medium, place.folder)) return;
  if (!contains(medium, mirrored({ path: '', medium }, request, medium))) return;
  const sentence = `Proxies would lie among the clips of ${medium}. Name another --output.`;
  throw misuse(sentence);
}

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
