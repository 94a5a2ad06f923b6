import { NO_CLIPS, type ClipSums } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { compareClips, compareGroups } from './clip-order.ts';
import { isInState } from './clip-states.ts';
import { keyOf } from './conditions.ts';
import { countElsewhere, countIn } from './count-clip.ts';
import { clipsOfView } from './clips-of-view.ts';
import type { JobQuery } from './job-query.ts';
import { Remembered } from './remembered.ts';
import { standingsOf } from './standings.ts';

interface Counted {
  /** In their order. */
  all: Float64Array;
  sums: ClipSums;
  isCounted: boolean;
  sources: number | null;
  latest: ReadonlySet<number> | null;
  decided: ReadonlySet<number>;
  groups: Map<number, ClipSums>;
}

const counted = new Remembered<Counted>(8);

/** A view whose clips are counted one by one. */
export function narrowView(index: WatchIndex, query: JobQuery) {
  const { all, ...view } = counted.of(index.version, keyOf(query), () => count(index, query));
  const start = (query.page - 1) * query.pageSize;
  const ids = [...all.subarray(start, start + query.pageSize)];
  return { ...view, listed: all.length, ids };
}

function count(index: WatchIndex, query: JobQuery): Counted {
  const { held, isCounted } = clipsOfView(index, query);
  const { latest, deciders, decided } = standingsOf(index, held, query.day);
  const { clip_state } = query;
  const matched = held
    .map(({ id, dir, status, at }) => {
      return { id, dir, status, latest: latest.has(id), at };
    })
    .filter((clip) => isInState(clip, clip_state));
  const groups = new Map<number, ClipSums>();
  const sums = { ...NO_CLIPS };
  const groupOf = (dir: number) => {
    const group = groups.get(dir) ?? { ...NO_CLIPS };
    groups.set(dir, group);
    return group;
  };
  for (const clip of matched.filter((clip) => clip.latest))
    for (const part of [sums, groupOf(clip.dir)]) countIn(part, clip.status);
  for (const decider of clip_state === null ? deciders : [])
    for (const part of [sums, groupOf(decider.dir)]) countElsewhere(part, decider.status);
  const ids = [...matched.filter((clip) => clip.latest), ...(clip_state === null ? deciders : [])];
  matched.sort((a, b) => compareGroups(groups, a.dir, b.dir) || compareClips(a, b));
  const all = Float64Array.from(matched, ({ id }) => id);
  return {
    all,
    sums,
    isCounted,
    sources: sourcesOf(index, ids),
    latest: query.day === null ? null : latest,
    decided,
    groups,
  };
}

/** Of more proxies than that nobody counts by hand. */
const MOST_TOLD = 5000;

/** How many clips these proxies were asked of. */
function sourcesOf(index: WatchIndex, proxies: readonly { id: number }[]): number | null {
  if (proxies.length > MOST_TOLD) return null;
  const [counted] = index.ask<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT DISTINCT dir, name FROM clip WHERE id IN (SELECT value FROM json_each(?)))',
    JSON.stringify(proxies.map(({ id }) => id)),
  );
  return counted?.n ?? null;
}
