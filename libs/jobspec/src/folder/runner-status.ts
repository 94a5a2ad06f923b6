import {
  amount,
  count,
  isObject,
  list,
  objectIn,
  oneOf,
  readBy,
  textOrEmpty,
  text,
  texts,
  type ReadBy,
} from '../json/narrow.ts';

/** Phases of a clip. */
const CLIP_PHASES = ['reading', 'making', 'comparing'] as const;
export type ClipPhase = (typeof CLIP_PHASES)[number];

/** Maximum plausible speed, times real time. */
const FASTEST = 100_000;

const ACTIVE_JOB = {
  /** File name of the job in `running/`. */
  name: textOrEmpty,
  job_id: text,
  worker_id: countOrNone,
  started_at: textOrEmpty,
  /** The clip being made, counted from 1; `null` while the job is validated. */
  clip: count,
  total_clips: count,
  source_path: text,
  /**
   * `reading` while sources are examined, `making` while an encoder works, `comparing` while the proxy is compared with its
   * source.
   */
  phase: (value: unknown): ClipPhase => oneOf(CLIP_PHASES, value) ?? 'reading',
  /** Start of the current clip. */
  clip_started_at: text,
  /** Encoded frames of the clip, and frames that its source declares; `null` if unknown. */
  frames: count,
  declared_frames: count,
  /** Time of the last change of `frames`. */
  frames_at: text,
  /** Speed reported by the encoder, times real time. */
  speed(value: unknown): number | null {
    const speed = amount(value);
    return speed !== null && speed < FASTEST ? speed : null;
  },
};
export type ActiveJob = ReadBy<typeof ACTIVE_JOB>;

const RUNNER_STATUS = {
  version: textOrEmpty,
  host: textOrEmpty,
  pid: countOrNone,
  started_at: textOrEmpty,
  last_scan_at: text,
  /** Seconds between two scans; see `silentAfterSeconds`. */
  poll_seconds: amountOrNone,
  max_workers: (value: unknown): number => count(value) ?? 1,
  pending: countOrNone,
  active: (value: unknown): ActiveJob[] =>
    list(value)
      .filter(isObject)
      .map((job) => readBy(ACTIVE_JOB, job)),
  /** Time since which the runner has had jobs without a break; `null` while it has none. */
  busy_since: text,
  /** Jobs finished since `busy_since`. */
  ended: countOrNone,
  /** Sentence that says why nothing is claimed; `null` while jobs are claimed. */
  paused: text,
  /** Sentence that says why some jobs wait while others are claimed; `null` when none does. */
  held: text,
  /** Time of a clean stop; a runner that died leaves `null`. */
  stopped_at: text,
  /** True with `--once`: the runner finishes the jobs that it finds, then stops. */
  once: (value: unknown): boolean => value === true,
};
/** Status in `.runner/status.json`, rewritten at every scan. Times are UTC like those of a result. */
export type RunnerStatus = ReadBy<typeof RUNNER_STATUS>;

/** Reads a status file; `null` if it holds none. */
export function readRunnerStatus(bytes: Uint8Array): RunnerStatus | null {
  const status = objectIn(bytes);
  return status && readBy(RUNNER_STATUS, status);
}

const FOLLOWER_STATUS = {
  version: textOrEmpty,
  host: textOrEmpty,
  pid: amountOrNone,
  started_at: textOrEmpty,
  last_poll_at: textOrEmpty,
  /** Seconds between two polls; see `silentAfterSeconds`. */
  poll_seconds: amountOrNone,
  media: texts,
  /** Number of planned clips, each once per kind of proxy. */
  planned: amountOrNone,
  /** Clips not planned: still being copied, unreadable so far, or left out. */
  waiting: amountOrNone,
  /** Sentence that says why the follower can't read its media, or plan everything; `null` while it can. */
  problem: text,
  /** Time of a clean stop; a follower that died leaves `null`. */
  stopped_at: text,
};
/** Status of a `plan --follow` in `.runner/follow-….json`, rewritten at every poll. Times are UTC like those of a result. */
export type FollowerStatus = ReadBy<typeof FOLLOWER_STATUS>;

/** Reads a follower's status file; `null` if it holds none. */
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

/** Names of a follower's files in `.runner/`; its id follows from its media. */
export const followerNames = (id: string) => ({
  lock: `follow-${id}.lock`,
  status: `follow-${id}.json`,
});

/** Id of the follower whose status has this name; `null` for other names. */
export const followerOf = (name: string): string | null =>
  /^follow-([0-9a-f]{12})\.json$/.exec(name)?.[1] ?? null;

/** Missed scans, and minimum seconds, after which a process counts as silent. */
const MISSED_POLLS = 5;
const MIN_SECONDS = 10;

/** Seconds after the last scan at which a runner that scans every `pollSeconds` counts as silent. */
export const silentAfterSeconds = (pollSeconds: number): number =>
  Math.max(MISSED_POLLS * pollSeconds, MIN_SECONDS);

/** True if a follower that wasn't stopped has missed its polls. @param now in milliseconds */
export function isFollowerSilent(status: FollowerStatus, now: number): boolean {
  const { last_poll_at, poll_seconds, stopped_at } = status;
  const seconds = (now - Date.parse(last_poll_at)) / 1000;
  return stopped_at === null && !(seconds <= silentAfterSeconds(poll_seconds));
}
