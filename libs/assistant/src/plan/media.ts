import { basename, dirname, join, relative } from 'node:path';
import { contains, errorCode, errorFact, realPathOf, stat } from '@app/storage';
import { misuse, Refusal } from '../refusal/refusal.ts';
import type { Destination, PlanRequest } from './plan-request.ts';
import { Walk, type Entry } from './walk.ts';

/**
 * Resolves links in the paths of media, so that a card has one name. JobSpecs keep the real path: tomorrow a link may
 * lead to another card, whose clips mustn't be taken for today's.
 *
 * @throws Refusal if one medium contains another
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
 * Walks all media.
 *
 * @param onEntry called with the count of entries seen
 * @param onRefused called with a medium that doesn't exist, or whose proxies would end up among its clips
 * @throws Refusal for such a medium if there is no `onRefused`
 */
export async function walkMedia(
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
        checkOutput(medium, { ...request, place: real });
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

/**
 * Proxies among the clips would be taken for clips the next time. An output folder within the medium is fine: it is
 * skipped.
 */
function checkOutput(medium: string, request: PlanRequest) {
  const { place } = request;
  if (place.how === 'beside') return;
  if (place.folder !== medium && contains(medium, place.folder)) return;
  if (!contains(medium, outputFolderFor({ path: '', medium }, request, medium))) return;
  const sentence = `Proxies would lie among the clips of ${medium}. Name another --output.`;
  throw misuse(sentence);
}

/**
 * Output folder for a source folder: mirrored below the output under the medium's name, or next to the clips.
 *
 * @param folder of the source
 */
export function outputFolderFor(
  { path, medium }: Entry,
  { place, isFlat }: Pick<PlanRequest, 'place' | 'isFlat'>,
  folder: string,
): string {
  if (place.how === 'beside') return join(folder, place.name);
  const isMedium = path === medium && folder !== medium;
  return isFlat || isMedium
    ? place.folder
    : join(place.folder, basename(medium), relative(medium, folder));
}

/** Folder of a source's files. A medium that is a single clip has no folder of its own. */
export function sourceFolderOf({ path, medium }: Entry): string {
  return path === medium ? dirname(medium) : dirname(path);
}
