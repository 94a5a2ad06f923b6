import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';

/** One attempt at a proxy. */
export interface Attempt {
  id: number;
  /** Its place in {@link CLIP_STATUSES}. */
  status: number;
  /** When it ended, milliseconds. */
  at: number;
  /** Tells the file that it made or began; `null` when it came to none. */
  output: string | null;
}

/** How an attempt stands to the others. The index keeps the numbers. */
export const RELATIONS = { none: 0, madeGood: 1, madeBefore: 2, later: 3 } as const;
type Relation = (typeof RELATIONS)[keyof typeof RELATIONS];

export interface Grade {
  latest: boolean;
  relation: Relation;
}

const of = (status: ClipStatus) => CLIP_STATUSES.indexOf(status);
const [COMPLETED, FAILED] = [of('COMPLETED'), of('FAILED')];
const OPEN = new Set([of('WAITING'), of('RUNNING')]);
const UNMADE = new Set([FAILED, of('NOT_MADE')]);

/**
 * Which attempts at proxies of one source and kind say where they stand. What was made is there whatever is refused or waits since, under each name that it
 * was made under: two sizes, for example. A failure counts until something is made later, under whichever name: a retry may need another. What waits or is
 * being made counts more than what failed before.
 */
export function gradesOf(attempts: readonly Attempt[]): Map<number, Grade> {
  const made = [...lastOfFiles(attempts)].filter(({ status }) => status === COMPLETED);
  const lastMade = latestOf(made, () => true);
  const failed = latestOf(
    attempts,
    (attempt) =>
      attempt.status === FAILED && (lastMade === undefined || isLater(attempt, lastMade)),
  );
  const open = latestOf(attempts, ({ status }) => OPEN.has(status));
  const unmade =
    lastMade !== undefined && failed === undefined
      ? undefined
      : (open ?? failed ?? latestOf(attempts, () => true));
  const current = new Set([...made, ...(unmade === undefined ? [] : [unmade])]);
  return new Map(
    attempts.map((attempt) => {
      const latest = current.has(attempt);
      const relation = latest
        ? relationOfLatest(attempt, attempts)
        : relationOf(attempt, lastMade, unmade);
      return [attempt.id, { latest, relation }];
    }),
  );
}

function relationOfLatest(attempt: Attempt, attempts: readonly Attempt[]): Relation {
  const isGood =
    attempt.status === COMPLETED &&
    attempts.some((other) => UNMADE.has(other.status) && isLater(attempt, other));
  return isGood ? RELATIONS.madeGood : RELATIONS.none;
}

function relationOf(
  attempt: Attempt,
  made: Attempt | undefined,
  unmade: Attempt | undefined,
): Relation {
  if (attempt.status === COMPLETED) return RELATIONS.none;
  // What waits will come after everything, whenever it was handed in.
  const isAfter = (other: Attempt) => OPEN.has(attempt.status) || isLater(attempt, other);
  if (made !== undefined && isAfter(made)) return RELATIONS.madeBefore;
  if (made !== undefined) return UNMADE.has(attempt.status) ? RELATIONS.madeGood : RELATIONS.none;
  return unmade !== undefined && isAfter(unmade) ? RELATIONS.later : RELATIONS.none;
}

/** The latest of the decided attempts at each file. */
function lastOfFiles(attempts: readonly Attempt[]): Iterable<Attempt> {
  const last = new Map<string | null, Attempt>();
  for (const attempt of attempts) {
    if (attempt.status !== COMPLETED && attempt.status !== FAILED) continue;
    const known = last.get(attempt.output);
    if (known === undefined || isLater(attempt, known)) last.set(attempt.output, attempt);
  }
  return last.values();
}

function latestOf(
  attempts: readonly Attempt[],
  test: (attempt: Attempt) => boolean,
): Attempt | undefined {
  let found: Attempt | undefined;
  for (const attempt of attempts)
    if (test(attempt) && (found === undefined || isLater(attempt, found))) found = attempt;
  return found;
}

function isLater(a: Attempt, b: Attempt): boolean {
  return a.at > b.at || (a.at === b.at && a.id > b.id);
}
