import { examineAll, type Planning } from './examine-all.ts';
import { collisions, documentsOf, dropInvalidClips, isolateFailedClips } from './documents.ts';
import type { JobDocument } from './draft.ts';
import { checkHashes } from './hash-check.ts';
import { checkBeside } from './beside.ts';
import { clipsInOutput, goneProxies, otherJobSpec, withoutMade } from './made.ts';
import { followLinks, listsWith, lookThrough, noClip } from './media.ts';
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
  const problems = [...walk.problems];
  const clips = await examineAll(walk, planning, problems);
  if (clips.length + problems.length === 0) throw noClip(walk, request);
  const lists = await listsWith(walk, request);
  const all = documentsOf(clips, request);
  const clashes = collisions(all);
  const shots = await shotsAmong(clips);
  const found = { clips, shots, leftovers: walk.leftovers, links: walk.links, lists };
  if (clashes.length > 0) return { ...found, ...NOTHING, problems: clashes };
  await checkBeside(all, lists, request);
  const others = await store.others();
  problems.push(...(await clipsInOutput(all, others, request)));
  const toMake = async (documents: readonly JobDocument[]) => {
    const legal = dropInvalidClips(documents, request);
    const left = await withoutMade(legal.documents, others, request);
    problems.push(...legal.problems, ...left.problems);
    return left;
  };
  const left = await toMake(all);
  const check = await checkHashes(left.documents, lists, request, show);
  problems.push(...check.problems);
  const lost = await toMake(documentsOf(check.lost, request));
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
