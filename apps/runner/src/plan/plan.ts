import { examineAll, type Planning } from './examine-all.ts';
import { collisions, documentsOf, dropInvalidClips, isolateFailedClips } from './documents.ts';
import type { JobDocument } from './draft.ts';
import { checkHashes } from './hash-check.ts';
import { checkBeside } from './beside.ts';
import { clipsInOutput, goneProxies, otherJobSpec, withoutMade } from './made.ts';
import { followLinks, listsWith, lookThrough, noClip } from './media.ts';
import { isListed, onlyListed } from './only-listed.ts';
import type { Plan } from './outcome.ts';
import type { PlanRequest } from './plan-request.ts';
import { Store } from './store.ts';
import { shotsAmong } from './shots.ts';

const NOTHING = { jobs: [], failedBefore: [], made: 0, alreadySubmitted: 0, hashes: null } as const;

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
  const seen = [...walk.problems];
  const all = await examineAll(walk, planning, seen);
  if (all.length + seen.length === 0) throw noClip(walk, request);
  const { clips, notListed, problems } = onlyListed(all, seen, request);
  const lists = await listsWith(walk, request);
  const drafted = documentsOf(clips, request);
  const clashes = collisions(drafted);
  const shots = await shotsAmong(clips);
  const { leftovers, links } = walk;
  const found = { clips, shots, leftovers, notListed, links, lists };
  if (clashes.length > 0) return { ...found, ...NOTHING, problems: clashes };
  await checkBeside(drafted, lists, request);
  const others = await store.others();
  problems.push(...(await clipsInOutput(drafted, others, request)));
  const toMake = async (documents: readonly JobDocument[]) => {
    const legal = dropInvalidClips(documents, request);
    const left = await withoutMade(legal.documents, others, request);
    problems.push(...legal.problems, ...left.problems);
    return left;
  };
  const left = await toMake(drafted);
  const check = await checkHashes(left.documents, lists, request, show);
  problems.push(...check.problems, ...(await store.noteMismatches(check)));
  const lostClips = check.lost.filter((clip) => isListed(clip, request.only));
  const lost = await toMake(documentsOf(lostClips, request));
  const documents = [...check.documents, ...lost.documents];
  const inOrder = await isolateFailedClips(documents, others, request);
  const jobs: Plan['jobs'][number][] = [];
  for (const document of inOrder.documents) {
    const fate = await store.take(document);
    jobs.push({ document, fate });
    if (fate === 'gone') problems.push(goneProxies(document));
    if (fate === 'other') problems.push(otherJobSpec(store.pathOf(document), document));
  }
  const { made, alreadySubmitted } = left;
  const { failedBefore } = inOrder;
  return { ...found, jobs, failedBefore, made, alreadySubmitted, hashes: check.hashes, problems };
}
