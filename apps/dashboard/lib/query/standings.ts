import type { WatchIndex } from '../live/watch-index.ts';
import { ATTEMPT_COLUMNS, byProxy, type Attempt, type Proxy } from '../store/attempts.ts';
import { gradesOf, type Grade } from '../store/grading.ts';
import { JOB_OF_CLIP } from '../store/schema.ts';
import { jobsAtWork, statusSoFar } from './clips-at-work.ts';
import { OF_PLACES, placeValues } from './conditions.ts';
import { spanOfDay } from './days.ts';
import type { FilterValues } from './filters.ts';
import { Remembered } from './remembered.ts';

/** A clip of a view, as the index has it. */
export interface Matched {
  id: number;
  latest: number;
  decider: number | null;
}

/** An attempt that a view doesn't hold, and that says where a proxy stands which was asked for in it. */
export interface Decider {
  id: number;
  dir: number;
  status: number;
}

export interface Standings {
  /** Clips of the view that say where their proxies stand. */
  latest: ReadonlySet<number>;
  /** Where the others stand that are not among those. */
  deciders: readonly Decider[];
  /** One clip of the view for each of these. */
  decided: ReadonlySet<number>;
}

/** Where each proxy stands that the clips of a view asked for: now, or at the end of the day that the view is of. */
export function standingsOf(
  index: WatchIndex,
  clips: readonly Matched[],
  day: string | null,
): Standings {
  const others = clips.filter(({ latest }) => latest === 0);
  const grades = day === null ? null : gradesAtEnd(index, others, day);
  const latest = new Set<number>();
  for (const { id, ...clip } of clips)
    if (clip.latest === 1 || grades?.get(id)?.latest === true) latest.add(id);
  const inView = new Set(others.length === 0 ? [] : clips.map(({ id }) => id));
  const decided = new Map<number, number>();
  for (const { id, ...clip } of others) {
    const decider = grades === null ? clip.decider : (grades.get(id)?.decider ?? null);
    if (decider !== null && !inView.has(decider)) decided.set(decider, id);
  }
  const deciders = index.ask<Decider>(
    'SELECT id, dir, status FROM clip WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...decided.keys()]),
  );
  return { latest, deciders: soFar(index, deciders), decided: new Set(decided.values()) };
}

/** As if nothing had ended since. What the index keeps holds for clips that still decide: nothing that came later could make them do so. */
function gradesAtEnd(
  index: WatchIndex,
  clips: readonly Matched[],
  day: string,
): ReadonlyMap<number, Grade> {
  const attempts = index.ask<Attempt & Proxy>(
    `SELECT ${ATTEMPT_COLUMNS} FROM (
       SELECT DISTINCT dir, name FROM clip WHERE id IN (SELECT value FROM json_each(?))
     ) AS asked CROSS JOIN clip ON clip.dir = asked.dir AND clip.name = asked.name
     WHERE (SELECT ended FROM job WHERE id = ${JOB_OF_CLIP}) <= ?`,
    JSON.stringify(clips.map(({ id }) => id)),
    spanOfDay(day).to,
  );
  const grades = new Map<number, Grade>();
  for (const proxy of byProxy(attempts))
    for (const [id, grade] of gradesOf(proxy)) grades.set(id, grade);
  return grades;
}

/** As far as runners at work say. */
function soFar(index: WatchIndex, deciders: readonly Decider[]): Decider[] {
  const jobs = jobsAtWork(index);
  return deciders.map((decider) => ({ ...decider, status: statusSoFar(decider, jobs) }));
}

const remembered = new Remembered<Decider[]>(8);

/** The same of a view of places, whose sums the index keeps without them. */
export function decidersOfPlaces(index: WatchIndex, filters: FilterValues): readonly Decider[] {
  if (filters.folder === null && filters.state === null) return [];
  const places = `(SELECT id FROM place WHERE ${OF_PLACES})`;
  return remembered.of(index.version, JSON.stringify(placeValues(filters)), () => {
    const deciders = index.ask<Decider>(
      `SELECT decider.id, decider.dir, decider.status FROM (
         SELECT DISTINCT decider AS id FROM clip WHERE decider IS NOT NULL AND place IN ${places}
       ) AS asked CROSS JOIN clip AS decider ON decider.id = asked.id WHERE decider.place NOT IN ${places}`,
      ...placeValues(filters),
      ...placeValues(filters),
    );
    return soFar(index, deciders);
  });
}
