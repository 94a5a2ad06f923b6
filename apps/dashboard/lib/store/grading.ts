import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';

/** One attempt at a source. */
export interface Attempt {
  id: number;
  /** Its place in {@link CLIP_STATUSES}. */
  status: number;
  /** When it ended, milliseconds. */
  at: number;
}

export interface Grade {
  latest: boolean;
  made_good: boolean;
}

const of = (status: ClipStatus) => CLIP_STATUSES.indexOf(status);
const COMPLETED = of('COMPLETED');
const FAILED = of('FAILED');
const OPEN = new Set([of('WAITING'), of('RUNNING')]);

/**
 * Which attempt says where a source stands. A proxy that was made is there whatever was refused or waits since; only a later
 * failure counts more. What waits or is being made counts more than what failed before.
 */
export function gradesOf(attempts: readonly Attempt[]): Map<number, Grade> {
  const decided = latestOf(attempts, ({ status }) => status === COMPLETED || status === FAILED);
  const current =
    (decided?.status === COMPLETED ? decided : undefined) ??
    latestOf(attempts, ({ status }) => OPEN.has(status)) ??
    decided ??
    latestOf(attempts, () => true);
  const through = current?.status === COMPLETED;
  const isEarlier = ({ id, status }: Attempt) =>
    id !== current?.id && status !== COMPLETED && !OPEN.has(status);
  const hadFailed = attempts.some(
    (attempt) => isEarlier(attempt) && attempt.at <= (current?.at ?? 0),
  );
  return new Map(
    attempts.map((attempt) => {
      const latest = attempt.id === current?.id;
      return [
        attempt.id,
        { latest, made_good: through && (latest ? hadFailed : isEarlier(attempt)) },
      ];
    }),
  );
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
