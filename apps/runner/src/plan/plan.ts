import { severalAtOnce } from '../process/several-at-once.ts';
import { collisions } from './collisions.ts';
import { documentOf, type JobDocument } from './draft.ts';
import type { Clip, Examiner } from './examine.ts';
import type { Problem } from './found.ts';
import { groupClips } from './group.ts';
import { growing } from './growth.ts';
import { checkHashes } from './hash-check.ts';
import { goneProxies, otherJobSpec, withoutMade } from './made.ts';
import { lookThrough } from './media.ts';
import { listsAbove, listsOf, type HashList } from './mhl/find-lists.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';
import { Store, type Fate } from './store.ts';
import { shotsAmong, type Shots } from './shots.ts';
import type { Walk } from './walk.ts';

/** What was found, and what became of it. */
export interface Plan {
  clips: readonly Clip[];
  shots: Shots;
  jobs: readonly { document: JobDocument; fate: Fate }[];
  /** Proxies that are there. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  promised: number;
  leftovers: Walk['leftovers'];
  /** Symbolic links, which are not followed. */
  links: number;
  lists: readonly HashList[];
  /** Sources that match, and those of which no list tells; `null` when nobody has asked. */
  hashes: { matched: number; unlisted: readonly string[] } | null;
  problems: readonly Problem[];
}

/** What a plan is made with. */
export interface Planning {
  examiner: Examiner;
  /** For which a file that was changed lately must be at rest. */
  settleSeconds: number;
  /** Told how far it is. */
  show: (text: () => string) => void;
}

/**
 * Plans what is to be made of media, and writes or submits it when that is asked for. Names that collide stop all of it; what else
 * is wrong with a clip leaves that clip out.
 *
 * @throws PlanRefusal; JobFailure `EngineUnavailableError` when there is no ffprobe.
 */
export async function makePlan(request: PlanRequest, planning: Planning): Promise<Plan> {
  const { show } = planning;
  const store = new Store(request);
  await store.prepare();
  const walk = await lookThrough(request, (count) => show(() => `${count} entries seen`));
  const problems = [...walk.problems];
  const clips = await examineAll(walk, planning, problems);
  if (clips.length + problems.length === 0)
    throw new PlanRefusal('media', `There is no clip in ${request.media.join(', ')}.`);
  const lists = await listsFor(walk, request);
  const all = groupClips(clips, request).map((draft) => documentOf(draft, request));
  const clashes = collisions(all);
  const shots = await shotsAmong(clips);
  const found = { clips, shots, leftovers: walk.leftovers, links: walk.links, lists };
  if (clashes.length > 0)
    return { ...found, jobs: [], made: 0, promised: 0, hashes: null, problems: clashes };
  const left = await withoutMade(all, await store.others(), request);
  problems.push(...left.problems);
  const { documents, ...check } = await checkHashes(left.documents, lists, request, show);
  problems.push(...check.problems);
  const jobs: Plan['jobs'][number][] = [];
  for (const document of documents) {
    const fate = await store.take(document);
    jobs.push({ document, fate });
    if (fate === 'gone') problems.push(goneProxies(document));
    if (fate === 'other') problems.push(otherJobSpec(store.pathOf(document), document));
  }
  const { made, promised } = left;
  return { ...found, jobs, made, promised, hashes: check.hashes, problems };
}

/** The clips, in their order; what is none is counted, and what should be one is a problem. */
async function examineAll(
  { found, leftovers }: Walk,
  { examiner, settleSeconds, show }: Planning,
  problems: Problem[],
): Promise<Clip[]> {
  const since = performance.now();
  const examined = await severalAtOnce(
    found,
    (one) => examiner.examine(one),
    (count) => show(() => `${count} of ${found.length} files looked into`),
  );
  const changing = await growing(examined, since, settleSeconds);
  const clips: Clip[] = [];
  for (const one of examined) {
    const { path } = one;
    const reason = `${path} changes while it is looked at. Plan again once it is whole.`;
    if (changing.has(one)) problems.push({ path, kind: 'growing', reason });
    else if ('leftover' in one) leftovers.add(one.leftover, path);
    else if ('refusal' in one) problems.push({ path, kind: 'refused', reason: one.refusal });
    else if ('fault' in one) problems.push({ path, kind: 'unreadable', reason: one.fault });
    else {
      clips.push(one.clip);
      for (const [{ codec }, sentence] of one.clip.obstacles)
        problems.push({ path, kind: 'refused', reason: `${path}: no ${codec}. ${sentence}` });
    }
  }
  return clips;
}

async function listsFor({ lists }: Walk, { media }: PlanRequest): Promise<HashList[]> {
  const above = await Promise.all(media.map(listsAbove));
  const seen = new Map(
    [...above.flat(), ...listsOf(lists)].map((list) => [list.files.join('\n'), list]),
  );
  return [...seen.values()];
}
