import { contains, errorCode, errorFact, realPathOf, stat } from '../files/index.ts';
import { listsAbove, listsOf, type HashList } from './mhl/find-lists.ts';
import { mirrored } from './mirror.ts';
import type { Destination, PlanRequest } from './plan-request.ts';
import { PlanRefusal } from './plan-refusal.ts';
import { leftOutLines } from './report-text.ts';
import { Walk } from './walk.ts';

/**
 * A card has one name, whichever links lead to it. JobSpecs keep that name: a link may lead to another card tomorrow, and its clips
 * must not be taken for those of today.
 *
 * @throws PlanRefusal for media that lie in one another.
 */
export async function followLinks(request: PlanRequest): Promise<PlanRequest> {
  const media = [...new Set(await Promise.all(request.media.map(realOf)))];
  for (const medium of media) {
    const outer = media.find((other) => other !== medium && contains(other, medium));
    if (outer !== undefined)
      throw new PlanRefusal('usage', `${medium} lies in ${outer}. Name one of them.`);
  }
  return { ...request, media };
}

/**
 * Looks through all media, which are named without links.
 *
 * @param onEntry told how many entries were seen.
 * @throws PlanRefusal for media that aren't there, or when proxies would come to lie among clips.
 */
export async function lookThrough(
  request: PlanRequest,
  onEntry: (count: number) => void,
): Promise<Walk> {
  const walk = new Walk(onEntry);
  const { media } = request;
  const { place } = request;
  const real: Destination =
    place.how === 'output' ? { how: 'output', folder: await realOf(place.folder) } : place;
  for (const medium of media) {
    if (await isFolder(medium)) {
      checkApart(medium, { ...request, place: real });
      await walk.folder(medium, real);
    } else walk.found.push({ path: medium, medium });
  }
  return walk;
}

/** The hash lists that lie in media, and in the folders above them. */
export async function listsWith({ lists }: Walk, { media }: PlanRequest): Promise<HashList[]> {
  const above = await Promise.all(media.map(listsAbove));
  const seen = new Map(
    [...above.flat(), ...listsOf(lists)].map((list) => [
      [list.history, ...list.files].join('\n'),
      list,
    ]),
  );
  return [...seen.values()];
}

/** Nothing in media is a clip. Links, sound and the like may be what people took for clips. */
export function noClip(walk: Walk, { media, place }: PlanRequest): PlanRefusal {
  const output =
    place.how === 'output' && media.some((medium) => contains(medium, place.folder))
      ? ` outside of the output folder ${place.folder}`
      : '';
  return new PlanRefusal(
    'media',
    `There is no clip in ${media.join(', ')}${output}.`,
    ...leftOutLines(walk),
  );
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
    throw new PlanRefusal('usage', `${medium} ${fact}. Name a card, a folder or a clip.`);
  }
}

/** Proxies among the clips would be clips the next time. A folder of them in the medium is passed over. */
function checkApart(medium: string, request: PlanRequest) {
  const { place } = request;
  if (place.how === 'beside') return;
  if (place.folder !== medium && contains(medium, place.folder)) return;
  if (!contains(medium, mirrored({ path: '', medium }, request, medium))) return;
  const sentence = `Proxies would lie among the clips of ${medium}. Name another --output.`;
  throw new PlanRefusal('usage', sentence);
}
