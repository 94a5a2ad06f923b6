import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';
import { byTime, type Attempt } from './attempts.ts';
import { RELATIONS, relationsOf, type Related } from './relations.ts';

/** What the index keeps of an attempt beside it. */
export interface Grade extends Related {
  /** Whether it says where its proxy stands. */
  latest: boolean;
  /** The attempt that does, when this one doesn't. */
  decider: number | null;
}

const of = (status: ClipStatus) => CLIP_STATUSES.indexOf(status);
const [COMPLETED, FAILED, UNKNOWN] = [of('COMPLETED'), of('FAILED'), of('UNKNOWN')];
const OPEN = new Set([of('WAITING'), of('RUNNING')]);

/**
 * Which attempts at proxies of one source and kind say where they stand, and how the others stand to them. What was made is there whatever is refused or waits
 * since, under each name that it was made under: two folders, for example. A failure counts until something is made later, under whichever name: a retry may
 * need another. Nobody can tell after an attempt whose result can't be read. What waits or is being made counts more than what failed before.
 */
export function gradesOf(attempts: readonly Attempt[]): Map<number, Grade> {
  const ordered = attempts.toSorted(byTime);
  const { made, unmade } = currentOf(ordered);
  const current = unmade === undefined ? made : [...made, unmade].toSorted(byTime);
  const relations = relationsOf(ordered, unmade);
  const counting = new Set(current);
  const ofFiles = new Map(current.map((attempt) => [attempt.output, attempt]));
  const last = unmade ?? made.at(-1);
  return new Map(
    ordered.map((attempt) => {
      const latest = counting.has(attempt);
      const decider = (attempt.output === null ? undefined : ofFiles.get(attempt.output)) ?? last;
      const related = relations.get(attempt.id) ?? { relation: RELATIONS.none, other: null };
      return [attempt.id, { latest, decider: latest ? null : (decider?.id ?? null), ...related }];
    }),
  );
}

/** What is there, and the attempt that says that something is not. @param ordered by time */
function currentOf(ordered: readonly Attempt[]) {
  const files = new Map<string | null, Attempt>();
  for (const attempt of ordered)
    if (attempt.status === COMPLETED || attempt.status === FAILED)
      files.set(attempt.output, attempt);
  const made = [...files.values()].filter(({ status }) => status === COMPLETED).toSorted(byTime);
  const lastMade = made.at(-1);
  const failed = ordered.findLast(
    (attempt) =>
      attempt.status === FAILED && (lastMade === undefined || byTime(attempt, lastMade) > 0),
  );
  if (lastMade !== undefined && failed === undefined) return { made, unmade: undefined };
  const open = ordered.findLast(({ status }) => OPEN.has(status));
  const tried = ordered.findLast(({ status }) => status === FAILED || status === UNKNOWN);
  return { made, unmade: open ?? tried ?? ordered.at(-1) };
}
