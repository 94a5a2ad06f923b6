/**
 * The result file as data, free of decorators so that any program can import it.
 * Keys appear in the file in the order in which they are declared here; absent facts are `null`, never missing.
 */
import type { FailureType } from './failure-types.ts';
import type { EngineName } from './vocabulary.ts';

export { FAILURE_STATUS, FAILURE_TYPES, FOUND_LATE, type FailureType } from './failure-types.ts';
export { ENGINES, type EngineName } from './vocabulary.ts';

export const FINAL_STATUSES = ['COMPLETED', 'FAILED', 'PARTIAL'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** One broken rule of the contract; `line` and `column` count from 1 and are known for syntax errors and duplicate keys. */
export interface Violation {
  /** `sources[1]`, `resolved_tokens.reel`; empty for the document as a whole. */
  path: string;
  message: string;
  line?: number;
  column?: number;
}

/** One comparison of a finished proxy with what its source declares. */
export interface VerificationCheck {
  check: string;
  expected: unknown;
  actual: unknown;
  passed: boolean;
}

export interface ClipResult {
  source_path: string;
  resolved_output_path: string;
  status: 'COMPLETED' | 'FAILED';
  engine: EngineName;
  /** Of the encoder; `null` when it was never started or was ended by a signal. */
  exit_code: number | null;
  output_exists: boolean;
  output_size_bytes: number | null;
  /** The exact argv, for clips made by FFmpeg. */
  ffmpeg_command?: string[];
  /** What was asked of Resolve, for clips made by it. */
  resolve_job?: ResolveJob;
  failure_type: FailureType | null;
  failure_reason: string | null;
  /** The last part of what the encoder wrote, at most 64 KiB; only for a failed clip. */
  stderr: string | null;
  /** Where the incomplete output of a failed clip was kept. */
  partial_output_path: string | null;
  warnings: string[];
  verification: VerificationCheck[];
  started_at: string;
  completed_at: string;
  duration_seconds: number;
}

/** A render by DaVinci Resolve; what isn't known yet when a clip fails is `null`. */
export interface ResolveJob {
  /** For example `DaVinci Resolve Studio`, `21.0.4.5`. */
  product: string | null;
  version: string | null;
  /** The version of the Python that reached it, and the scripting module that it loaded. */
  python: string | null;
  module: string | null;
  /** What was imported: a file, or numbered frames from `start` to `end`. */
  source: { path: string; start?: number; end?: number };
  /** The clip's properties in Resolve's words. */
  clip: Readonly<Record<string, unknown>> | null;
  timeline: { rate: string; width: number; height: number; startTimecode: string | null } | null;
  format: string | null;
  codec: string | null;
  /** The render settings that Resolve has taken, and those that it refused. */
  settings: Readonly<Record<string, unknown>>;
  refused_settings: string[];
}

export interface RecoveryNote {
  reason: string;
  recovered_at: string;
  original_path: string;
}

export interface ResultMetadata {
  jobspec_version: string | null;
  jobspec_path: string;
  jobspec_sha256: string;
  archived_as: string;
  result_written_at: string;
  /** The worker slot, 1 to the configured maximum; `null` for a job that was recovered at start. */
  worker_id: number | null;
  worker_started_at: string | null;
  engine_routing_reason: string | null;
  runner_version: string;
  engine_version: string | null;
  hostname: string;
}

export interface JobResult {
  job_id: string;
  final_status: FinalStatus;
  execution_engine: EngineName | null;
  failure_type: FailureType | null;
  failure_reason: string | null;
  violations: Violation[];
  /** In the order of the sources; clips after the first failed one are not listed. */
  clips: ClipResult[];
  total_clips: number;
  completed_clips: number;
  failed_clips: number;
  started_at: string;
  completed_at: string;
  duration_seconds: number;
  _recovery?: RecoveryNote;
  _metadata: ResultMetadata;
}

/** `.runner/status.json`: what a runner says of itself, rewritten at every scan. Times are UTC like those of a result. */
export interface RunnerStatus {
  version: string;
  host: string;
  pid: number;
  started_at: string;
  last_scan_at: string | null;
  /** Seconds between two scans: a reader that sees none for several of them calls the runner silent. */
  poll_seconds: number;
  max_workers: number;
  pending: number;
  active: ActiveJob[];
  /** Why nothing is claimed, in a sentence; `null` while jobs are taken. */
  paused: string | null;
  /** When a clean stop was made; a runner that died leaves `null`. */
  stopped_at: string | null;
}

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
}
