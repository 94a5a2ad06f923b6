import { contains } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { collisions, documentsOf, dropInvalidClips } from './documents.ts';
import { examineAll, type Planning } from './examine.ts';
import { checkHashes } from './hash-check.ts';
import { hashListsWith } from './hash-lists.ts';
import { goneProxies, otherJobs, otherJobSpec, withoutMade } from './made.ts';
import { followLinks, lookThrough } from './media.ts';
import type { PlanRequest } from './plan-request.ts';
import { leftOutLines, type Plan } from './report.ts';
import { joinedClips } from './shots.ts';
import { prepareWatchFolder, Store } from './store.ts';
import type { Problem, Walk } from './walk.ts';

const NOTHING = { jobs: [], made: 0, alreadySubmitted: 0, hashes: null } as const;

/**
 * Plans what is to be made of media, and writes or submits it when that is asked for. Names that collide stop all of it; what else
 * is wrong with a clip leaves that clip out.
 *
 * @throws Refusal; JobFailure `EngineUnavailableError` when there is no ffprobe.
 */
export async function makePlan(named: PlanRequest, planning: Planning): Promise<Plan> {
  const { show } = planning;
  const request = await followLinks(named);
  const store = new Store(request);
  if (store.watch !== null) await prepareWatchFolder(store.watch, request);
  const walk = await lookThrough(request, (count) => show(() => `${count} entries seen`));
  const problems = [...walk.problems];
  const clips = await examineAll(walk, planning, problems);
  if (clips.length + problems.length === 0) throw noClip(walk, request);
  const lists = await hashListsWith(walk.lists, request.media);
  const drafted = documentsOf(clips, request);
  const clashes = collisions(drafted);
  const joined = await joinedClips(clips.map(({ path }) => path));
  const { leftovers, links } = walk;
  const found = { clips, joined, leftovers, links, lists };
  if (clashes.length > 0) return { ...found, ...NOTHING, problems: clashes };
  const legal = dropInvalidClips(drafted, request);
  const left = await withoutMade(legal.documents, await otherJobs(store.watch), request);
  const { documents, hashes, ...check } = await checkHashes(left.documents, lists, request, show);
  problems.push(...legal.problems, ...left.problems, ...check.problems);
  const barred = new Map<string, Problem>();
  const jobs: Plan['jobs'][number][] = [];
  for (const document of documents) {
    const fate = await store.take(document);
    // A folder that can't be made is told once for all of its proxies.
    if (typeof fate === 'object') barred.set(fate.reason, fate);
    else jobs.push({ document, fate });
    if (fate === 'gone') problems.push(goneProxies(document));
    if (fate === 'other') problems.push(otherJobSpec(store.pathOf(document), document));
  }
  problems.push(...barred.values());
  const { made, alreadySubmitted } = left;
  return { ...found, jobs, made, alreadySubmitted, hashes, problems };
}

/** Nothing in media is a clip. Links, sound and the like may be what people took for clips. */
function noClip(walk: Walk, { media, place }: PlanRequest): Refusal {
  const output =
    place.how === 'output' && media.some((medium) => contains(medium, place.folder))
      ? ` outside of the output folder ${place.folder}`
      : '';
  const sentence = `There is no clip in ${media.join(', ')}${output}.`;
  return new Refusal('failed', sentence, ...leftOutLines(walk));
}
