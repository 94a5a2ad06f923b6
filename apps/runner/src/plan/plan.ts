import { examineAll, type Planning } from './examine-all.ts';
import { collisions, documentsOf, dropInvalidClips } from './documents.ts';
import type { JobDocument } from './draft.ts';
import { checkHashes } from './hash-check.ts';
import { checkBeside } from './beside.ts';
import { goneProxies, otherJobSpec, withoutMade } from './made.ts';
import { followLinks, listsWith, lookThrough, noClip } from './media.ts';
import type { Problem } from './found.ts';
import type { Plan } from './outcome.ts';
import type { PlanRequest } from './plan-request.ts';
import { Store } from './store.ts';
import { joinedClips } from './shots.ts';

const NOTHING = { jobs: [], made: 0, alreadySubmitted: 0, hashes: null } as const;

/**
 * Plans what is to be made of media, and writes or submits it when that is asked for. Names that collide stop all of it; what else
 * is wrong with a clip leaves that clip out.
 *
 * @throws PlanRefusal; JobFailure `EngineUnavailableError` when there is no ffprobe.
 */
export async function makePlan(named: PlanRequest, planning: Planning): Promise<Plan> {
  const { show } = planning;
  const request = await followLinks(named);
  const store = new Store(request);
  await store.prepare();
  const walk = await lookThrough(request, (count) => show(() => `${count} entries seen`));
  const problems = [...walk.problems];
  const clips = await examineAll(walk, planning, problems);
  if (clips.length + problems.length === 0) throw noClip(walk, request);
  const lists = await listsWith(walk, request);
  const drafted = documentsOf(clips, request);
  const clashes = collisions(drafted);
  const joined = await joinedClips(clips.map(({ path }) => path));
  const { leftovers, links } = walk;
  const found = { clips, joined, leftovers, links, lists };
  if (clashes.length > 0) return { ...found, ...NOTHING, problems: clashes };
  if (request.place.how === 'beside') checkBeside(drafted, lists);
  const others = await store.others();
  const toMake = async (documents: readonly JobDocument[]) => {
    const legal = dropInvalidClips(documents, request);
    const left = await withoutMade(legal.documents, others, request);
    problems.push(...legal.problems, ...left.problems);
    return left;
  };
  const left = await toMake(drafted);
  const check = await checkHashes(left.documents, lists, request, show);
  problems.push(...check.problems, ...(await store.noteMismatches(check)));
  const lost = await toMake(documentsOf(check.lost, request));
  const barred = new Map<string, Problem>();
  const jobs: Plan['jobs'][number][] = [];
  for (const document of [...check.documents, ...lost.documents]) {
    const fate = await store.take(document);
    // A folder that can't be made is told once for all of its proxies.
    if (typeof fate === 'object') barred.set(fate.reason, fate);
    else jobs.push({ document, fate });
    if (fate === 'gone') problems.push(goneProxies(document));
    if (fate === 'other') problems.push(otherJobSpec(store.pathOf(document), document));
  }
  problems.push(...barred.values());
  const { made, alreadySubmitted } = left;
  return { ...found, jobs, made, alreadySubmitted, hashes: check.hashes, problems };
}
