/**
 * The result file as data. Keys appear in the file in the order in which they are declared here; absent facts are `null`,
 * never missing.
 */
import type { Cause, Violation } from '../failure/cause.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import type { FailureType } from '../failure/failure-types.ts';
import type { ClipFacts, RequestedProxy } from './facts.ts';
import type { EngineName } from '../vocabulary/vocabulary.ts';

export const FINAL_STATUSES = ['COMPLETED', 'FAILED', 'PARTIAL'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** One comparison of a finished proxy with what its source declares. */
export interface VerificationCheck<Name extends string = string> {
  /** A `CheckName`; in results of other versions any. */
  check: Name;
  expected: unknown;
  actual: unknown;
  /**
   * By how much the two may differ: of a number, or of each number with that name in `actual`, wherever it stands there. In the unit that the
   * check or the name says: seconds, frames, decibels, levels of 255. Absent where they must be equal.
   */
  tolerance?: number | Readonly<Record<string, number>>;
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
  /**
   * For clips made by FFmpeg: the argv that makes this proxy and nothing else, its path last. It never overwrites; with another last
   * word it gives the same bytes on the same machine.
   */
  ffmpeg_command?: string[];
  /** Of a clip that failed: the argv that ran, which also tells what the proxy is compared with. */
  executed_command?: string[];
  /** For ProRes clips made by FFmpeg. */
  prores_quantiser?: ProresQuantiser;
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
  /** At most three, of the start, the middle and the end of what was made. */
  pictures: ClipPicture[];
  /** XXH64 of the published file, 16 hexadecimal digits; `null` without one. */
  output_xxh64: string | null;
  /** What the sentences of this clip say, as data. */
  facts: ClipFacts;
  /** Every encode of the clip, in order: the last one made the proxy, or failed. None where no encoder was started. */
  attempts: ClipAttempt[];
  started_at: string;
  completed_at: string;
  duration_seconds: number;
}

/**
 * Why a clip is encoded: `first`, and once more where its audio begins inside a block, where its frames have other times than its
 * header and the first ones say, or where one quantiser made it too large.
 */
export const ATTEMPT_REASONS = ['first', 'audio_start', 'frame_times', 'size'] as const;

/** One encode of a clip, with the comparison of what it made. */
export interface ClipAttempt {
  why: (typeof ATTEMPT_REASONS)[number];
  /** Of the encoder; `null` when it was ended by a signal. */
  exit_code: number | null;
  seconds: number;
}

/** A JPEG picture of a proxy, for people. */
export interface ClipPicture {
  /** Absolute. The file may have been removed since. */
  path: string;
  /** Counted from 0. */
  frame: number;
  /** `null` for a proxy without a timecode. */
  timecode: string | null;
  width: number;
  height: number;
  /** Of a frame that failed a check: left what its source shows there, both as small as they were compared. */
  beside_source?: true;
}

/** How coarsely a ProRes proxy is quantised. */
export interface ProresQuantiser {
  /** Of every slice; `null` leaves the choice to the encoder's search, slice by slice. */
  quantiser: number | null;
  /** Why, as a sentence. */
  reason: string;
  /** Expected size against that of the search; `null` where the search is used. */
  size: number | null;
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
  /** As it was asked for. */
  timeline: { rate: string; width: number; height: number; startTimecode: string } | null;
  /** Each setting of project and timeline: what was set, what was read back, and what Resolve answered. */
  project_settings: Readonly<Record<string, { set: string; read: unknown; answer: boolean }>>;
  /** The project's settings of colour, in Resolve's words. */
  colour?: Readonly<Record<string, unknown>>;
  format: string | null;
  codec: string | null;
  /** The render settings that Resolve has taken; it lets nobody read them back. */
  settings: Readonly<Record<string, unknown>>;
  /** What of them its queue shows. */
  queued: Readonly<Record<string, unknown>>;
  /** Settings of project, timeline and render that Resolve refused. */
  refused_settings: string[];
  /** Channels of sound: in the clip by Resolve's account, and in each track of the proxy. */
  sound: { clip_channels: number; proxy_tracks: number[] } | null;
  /** How Resolve behaved where no document says how it does, for example whether media locked the rate of a project. */
  observed: Readonly<Record<string, unknown>>;
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
  /** Missing where the JobSpec was not found valid. */
  asked?: AskedProxies;
  /** Paths as the JobSpec has them, by field, where they are called otherwise on the runner's machine; missing where none is. */
  mapped?: Readonly<Record<string, string>>;
}

/** What tells the proxies of a JobSpec from others of the same sources, as it is written there. */
export interface AskedProxies extends Omit<RequestedProxy, 'fps' | 'looks'> {
  resolution: string;
  /** Look and burnt-in text, as the JobSpec has them; absent without. */
  viewing?: Viewing;
}

export interface JobResult {
  job_id: string;
  final_status: FinalStatus;
  execution_engine: EngineName | null;
  failure_type: FailureType | null;
  failure_reason: string | null;
  violations: Violation[];
  /** Why it failed, as data; `null` without a failure. */
  cause: Cause | null;
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

/** A result without its lists, which may be long. */
export type ResultHead = Omit<JobResult, 'violations' | 'clips'>;
