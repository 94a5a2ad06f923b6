/** Result file as data. Keys are written in the order of their declarations here; unknown facts are `null`, never missing. */
import type { Cause, Violation } from '../failure/cause.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import type { FailureType } from '../failure/failure-types.ts';
import type { ClipFacts, RequestedProxy } from './facts.ts';
import type { EngineName } from '../vocabulary/vocabulary.ts';

export const FINAL_STATUSES = ['COMPLETED', 'FAILED', 'PARTIAL'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** Comparison of a finished proxy with what its source declares. */
export interface VerificationCheck<Name extends string = string> {
  /** A `CheckName`; results of other versions may have others. */
  check: Name;
  expected: unknown;
  actual: unknown;
  /**
   * Allowed difference, of a number or of each number with that name anywhere in `actual`. Its unit follows from the check or
   * the name: seconds, frames, decibels, levels of 255. Absent if both must be equal.
   */
  tolerance?: number | Readonly<Record<string, number>>;
  passed: boolean;
}

export interface ClipResult {
  source_path: string;
  resolved_output_path: string;
  status: 'COMPLETED' | 'FAILED';
  engine: EngineName;
  /** Exit code of the encoder; `null` if it was never started or was ended by a signal. */
  exit_code: number | null;
  output_exists: boolean;
  output_size_bytes: number | null;
  /**
   * For clips made by FFmpeg: argv that makes this proxy and nothing else, its path last. It never overwrites; with another
   * last argument it gives the same bytes on the same machine.
   */
  ffmpeg_command?: string[];
  /** For a failed clip: argv that ran, which also produces the data that the proxy is compared with. */
  executed_command?: string[];
  /** For ProRes clips made by FFmpeg. */
  prores_quantiser?: ProresQuantiser;
  /** For clips made by Resolve: its job. */
  resolve_job?: ResolveJob;
  failure_type: FailureType | null;
  failure_reason: string | null;
  /** Last output of the encoder, at most 64 KiB; only for a failed clip. */
  stderr: string | null;
  /** Path of the incomplete output of a failed clip. */
  partial_output_path: string | null;
  warnings: string[];
  verification: VerificationCheck[];
  /** Thumbnails of the start, the middle and the end, and of frames that failed a check. */
  pictures: ClipPicture[];
  /** XXH64 of the published file, 16 hexadecimal digits; `null` without one. */
  output_xxh64: string | null;
  /** Facts behind the sentences of this clip. */
  facts: ClipFacts;
  /** Encodes of the clip, in order: the last one made the proxy, or failed. Empty if no encoder was started. */
  attempts: ClipAttempt[];
  started_at: string;
  completed_at: string;
  duration_seconds: number;
}

/**
 * Reasons for an encode: `first`; `audio_start` if the audio begins inside a block; `cut_end` if the source ends inside a frame or a block; `frame_times` if frames have other
 * times than the header and the first frames promise; `size` if a single quantiser made the proxy too large.
 */
export const ATTEMPT_REASONS = ['first', 'audio_start', 'cut_end', 'frame_times', 'size'] as const;

/** Encode of a clip, including the comparison of its proxy. */
export interface ClipAttempt {
  why: (typeof ATTEMPT_REASONS)[number];
  /** Exit code of the encoder; `null` if it was ended by a signal. */
  exit_code: number | null;
  seconds: number;
}

/** JPEG thumbnail of a proxy. */
export interface ClipPicture {
  /** Absolute path; the file may have been removed since. */
  path: string;
  /** Frame number, from 0. */
  frame: number;
  /** `null` without a timecode. */
  timecode: string | null;
  width: number;
  height: number;
  /** True for a frame that failed a check: the source's frame is on its left, both at the size of the comparison. */
  beside_source?: true;
}

/** Quantiser of a ProRes proxy. */
export interface ProresQuantiser {
  /** Quantiser of every slice; `null` leaves the choice to the encoder's search, slice by slice. */
  quantiser: number | null;
  /** Sentence that gives the reason. */
  reason: string;
  /** Expected size relative to that of the search; `null` if the search is used. */
  size: number | null;
}

/** Render by DaVinci Resolve; facts unknown when a clip failed are `null`. */
export interface ResolveJob {
  /** For example `DaVinci Resolve Studio`, `21.0.4.5`. */
  product: string | null;
  version: string | null;
  /** Version of the Python that connected to it, and the scripting module that it loaded. */
  python: string | null;
  module: string | null;
  /** Imported media: a file, or numbered frames from `start` to `end`. */
  source: { path: string; start?: number; end?: number };
  /** Properties of the clip, in Resolve's words. */
  clip: Readonly<Record<string, unknown>> | null;
  /** Requested timeline. */
  timeline: { rate: string; width: number; height: number; startTimecode: string } | null;
  /** Settings of project and timeline: value set, value read back, and Resolve's answer. */
  project_settings: Readonly<Record<string, { set: string; read: unknown; answer: boolean }>>;
  /** Colour settings of the project, in Resolve's words. */
  colour?: Readonly<Record<string, unknown>>;
  format: string | null;
  codec: string | null;
  /** Render settings that Resolve accepted; they can't be read back. */
  settings: Readonly<Record<string, unknown>>;
  /** Those of `settings` that Resolve's render queue shows. */
  queued: Readonly<Record<string, unknown>>;
  /** Settings of project, timeline and render that Resolve refused. */
  refused_settings: string[];
  /** Audio channels: in the clip by Resolve's account, and in each track of the proxy. */
  sound: { clip_channels: number; proxy_tracks: number[] } | null;
  /** Undocumented behaviour of Resolve, for example whether media locked the rate of a project. */
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
  /** Worker slot, from 1 to the configured maximum; `null` for a job that was recovered at start. */
  worker_id: number | null;
  worker_started_at: string | null;
  engine_routing_reason: string | null;
  runner_version: string;
  engine_version: string | null;
  hostname: string;
  /** Absent if the JobSpec was not valid. */
  asked?: AskedProxies;
  /** Original paths in the JobSpec, by field, where the runner's machine has others; absent if none differ. */
  mapped?: Readonly<Record<string, string>>;
}

/** Fields of a JobSpec that distinguish its proxies from others of the same sources, as written there. */
export interface AskedProxies extends Omit<RequestedProxy, 'fps' | 'looks'> {
  resolution: string;
  /** Look and burnt-in text, as in the JobSpec. */
  viewing?: Viewing;
}

export interface JobResult {
  job_id: string;
  final_status: FinalStatus;
  execution_engine: EngineName | null;
  failure_type: FailureType | null;
  failure_reason: string | null;
  violations: Violation[];
  /** Cause of the failure as data; `null` without one. */
  cause: Cause | null;
  /** In the order of the sources, up to the first failed clip. */
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

/** Result without its lists, which may be long. */
export type ResultHead = Omit<JobResult, 'violations' | 'clips'>;
