import {
  amount,
  count,
  isObject,
  list,
  objectIn,
  oneOf,
  readBy,
  said,
  text,
  texts,
  type ReadBy,
} from '../json/narrow.ts';

/** What a worker does with its clip. */
const CLIP_PHASES = ['reading', 'making', 'comparing'] as const;
export type ClipPhase = (typeof CLIP_PHASES)[number];

/** Nothing is made faster, times real time. */
const FASTEST = 100_000;

const ACTIVE_JOB = {
  /** File name of the job in `running/`. */
  name: said,
  job_id: text,
  worker_id: countOrNone,
  started_at: said,
  /** The clip being made, counted from 1; `null` while the job is validated. */
  clip: count,
  total_clips: count,
  source_path: text,
  /** `reading` while sources are looked at, `making` while an encoder works, `comparing` while the proxy is compared with its source. */
  phase: (value: unknown): ClipPhase => oneOf(CLIP_PHASES, value) ?? 'reading',
  /** When the clip being made was begun. */
  clip_started_at: text,
  /** Frames of it that are encoded, and how many its source declares; `null` when nobody can tell. */
  frames: count,
  declared_frames: count,
  /** When `frames` last changed. */
  frames_at: text,
  /** Times real time, as the encoder says. */
  speed(value: unknown): number | null {
    const speed = amount(value);
    return speed !== null && speed < FASTEST ? speed : null;
  },
};
export type ActiveJob = ReadBy<typeof ACTIVE_JOB>;

const RUNNER_STATUS = {
  version: said,
  host: said,
  pid: countOrNone,
  started_at: said,
  last_scan_at: text,
  /** Seconds between two scans; `silentAfterSeconds` tells from it when a runner counts as silent. */
  poll_seconds: amountOrNone,
  max_workers: (value: unknown): number => count(value) ?? 1,
  pending: countOrNone,
  active: (value: unknown): ActiveJob[] =>
    list(value)
      .filter(isObject)
      .map((job) => readBy(ACTIVE_JOB, job)),
  /** Since when it has had jobs without a break; `null` while it has none. */
  busy_since: text,
  /** Jobs that have ended since then. */
  ended: countOrNone,
  /** Why nothing is claimed, in a sentence; `null` while jobs are taken. */
  paused: text,
  /** Why some jobs wait while others are taken, in a sentence; `null` when none does. */
  held: text,
  /** When a clean stop was made; a runner that died leaves `null`. */
  stopped_at: text,
  /** Whether it works off what it finds and then stops by itself (`--once`). */
  once: (value: unknown): boolean => value === true,
};
/** `.runner/status.json`: what a runner says of itself, rewritten at every scan. Times are UTC like those of a result. */
export type RunnerStatus = ReadBy<typeof RUNNER_STATUS>;

/** What a status file says; `null` for text that is none. */
export function readRunnerStatus(bytes: Uint8Array): RunnerStatus | null {
  const status = objectIn(bytes);
  return status && readBy(RUNNER_STATUS, status);
}

const FOLLOWER_STATUS = {
  version: said,
  host: said,
  pid: amountOrNone,
  started_at: said,
  last_poll_at: said,
  /** Seconds between two polls; `silentAfterSeconds` tells from it when a follower counts as silent. */
  poll_seconds: amountOrNone,
  media: texts,
  /** Clips and kinds that it has planned. */
  planned: amountOrNone,
  /** Clips that aren't planned: still copied, not readable yet, or left out. */
  waiting: amountOrNone,
  /** Why it can't look, or plan everything, now, in a sentence; `null` while it can. */
  problem: text,
  /** When a clean stop was made; a follower that died leaves `null`. */
  stopped_at: text,
};
/** `.runner/follow-….json`: what a `plan --follow` says of itself, rewritten at every poll. Times are UTC like those of a result. */
export type FollowerStatus = ReadBy<typeof FOLLOWER_STATUS>;

/** What a follower's status file says; `null` for text that is none. */
export function readFollowerStatus(bytes: Uint8Array): FollowerStatus | null {
  const status = objectIn(bytes);
  return text(status?.['last_poll_at']) === null ? null : readBy(FOLLOWER_STATUS, status ?? {});
}

function amountOrNone(value: unknown): number {
  return amount(value) ?? 0;
}

function countOrNone(value: unknown): number {
  return count(value) ?? 0;
}

/** Names in `.runner/` of what one follower keeps; the id follows from its media. */
export const followerNames = (id: string) => ({
  lock: `follow-${id}.lock`,
  status: `follow-${id}.json`,
});

/** The id of the follower whose status has this name; `null` for other names. */
export const followerOf = (name: string): string | null =>
  /^follow-([0-9a-f]{12})\.json$/.exec(name)?.[1] ?? null;

/** Scans that may be missed, and seconds that may pass in any case. */
const MISSED_POLLS = 5;
const MIN_SECONDS = 10;

/** Seconds after its last scan at which a runner that scans every `pollSeconds` counts as silent. */
export const silentAfterSeconds = (pollSeconds: number): number =>
  Math.max(MISSED_POLLS * pollSeconds, MIN_SECONDS);

/** Whether a follower that nobody has stopped hasn't looked for longer than it should. @param now in milliseconds */
export function isFollowerSilent(status: FollowerStatus, now: number): boolean {
  const { last_poll_at, poll_seconds, stopped_at } = status;
  const seconds = (now - Date.parse(last_poll_at)) / 1000;
  return stopped_at === null && !(seconds <= silentAfterSeconds(poll_seconds));
}
