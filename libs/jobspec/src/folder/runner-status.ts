/** `.runner/status.json`: what a runner says of itself, rewritten at every scan. Times are UTC like those of a result. */
export interface RunnerStatus {
  version: string;
  host: string;
  pid: number;
  started_at: string;
  last_scan_at: string | null;
  /** Seconds between two scans; `silentAfterSeconds` tells from it when a runner counts as silent. */
  poll_seconds: number;
  max_workers: number;
  pending: number;
  active: ActiveJob[];
  /** Why nothing is claimed, in a sentence; `null` while jobs are taken. */
  paused: string | null;
  /** Why some jobs wait while others are taken, in a sentence; `null` when none does. */
  held: string | null;
  /** When a clean stop was made; a runner that died leaves `null`. */
  stopped_at: string | null;
  /** Whether it works off what it finds and then stops by itself (`--once`). */
  once: boolean;
}

/** What a worker does with its clip. */
export const CLIP_PHASES = ['reading', 'making', 'comparing'] as const;
export type ClipPhase = (typeof CLIP_PHASES)[number];

export interface ActiveJob {
  /** File name of the job in `running/`. */
  name: string;
  job_id: string | null;
  worker_id: number;
  started_at: string;
  /** The clip being made, counted from 1; `null` while the job is validated. */
  clip: number | null;
  total_clips: number | null;
  source_path: string | null;
  /** `reading` while sources are looked at, `making` while an encoder works, `comparing` while the proxy is compared with its source. */
  phase: ClipPhase;
  /** When the clip being made was begun. */
  clip_started_at: string | null;
  /** Frames of it that are encoded, and how many its source declares; `null` when nobody can tell. */
  frames: number | null;
  declared_frames: number | null;
  /** When `frames` last changed. */
  frames_at: string | null;
  /** Times real time, as the encoder says. */
  speed: number | null;
}

/** Scans that may be missed, and seconds that may pass in any case. */
const MISSED_POLLS = 5;
const MIN_SECONDS = 10;

/** Seconds after its last scan at which a runner that scans every `pollSeconds` counts as silent. */
export const silentAfterSeconds = (pollSeconds: number): number =>
  Math.max(MISSED_POLLS * pollSeconds, MIN_SECONDS);
