import type { EngineName } from '@app/jobspec';
import { labelOf, type Draft } from './draft.ts';
import type { Clip } from './examine.ts';
import { mirrored, sourceFolderOf } from './mirror.ts';
import type { PlanRequest } from './plan-request.ts';

/** What the contract allows a job. */
const MOST_SOURCES = 10_000;

/** One draft for each source folder, engine and kind of proxy, in this order. */
export function groupClips(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const groups = new Map<string, [Clip, ...Clip[]]>();
  for (const clip of clips) {
    const key = `${clip.engine} ${isNumberedInAll(request) ? '' : sourceFolderOf(clip)}`;
    const group = groups.get(key);
    if (group) group.push(clip);
    else groups.set(key, [clip]);
  }
  return [...groups.values()].flatMap((group) => draftsOf(group, request));
}

/** In one folder `{index}` tells clips apart only when all of them are numbered together. */
function isNumberedInAll({ isFlat, naming }: PlanRequest): boolean {
  return isFlat && naming.includes('{index}');
}

function draftsOf(group: readonly [Clip, ...Clip[]], request: PlanRequest): Draft[] {
  const [first] = group;
  const engine: EngineName = first.engine;
  const folder = sourceFolderOf(first);
  const directory = mirrored(first, request, folder);
  const label = isNumberedInAll(request) ? 'all' : labelOf(first.medium, folder);
  return request.kinds.flatMap((kind) => {
    const able = group.filter(({ obstacles }) => !obstacles.has(kind));
    return chunks(able).map((clips) => ({ engine, directory, label, kind, clips }));
  });
}

function chunks(clips: readonly Clip[]): Clip[][] {
  const count = Math.ceil(clips.length / MOST_SOURCES);
  return Array.from({ length: count }, (_, index) =>
    clips.slice(index * MOST_SOURCES, (index + 1) * MOST_SOURCES),
  );
}
