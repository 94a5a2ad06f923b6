/** Result file as data. Keys are written in the order of their declarations here; unknown facts are `null`, never missing. */
import type { Cause, Violation } from '../failure/cause.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import type { FailureType } from '../failure/failure-types.ts';
import type {
  Amount,
  Bytes,
  Count,
  Filled,
  OneUp,
  Sentence,
  Time,
  Whole,
} from '../schema/scalars.ts';
import type { EngineName } from '../vocabulary/vocabulary.ts';
import type { ClipFacts } from './facts.ts';

export const FINAL_STATUSES = ['COMPLETED', 'FAILED', 'PARTIAL'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** Comparison of a finished proxy with what its source declares. */
export interface VerificationCheck<Name extends string = Filled> {
  /** Name of the check; results of other versions may have others. */
  check: Name;
  /** What the plan or the source says. */
  expected: unknown;
  /** What the proxy has. */
  actual: unknown;
  /**
   * Allowed difference, of a number or of each number with that name anywhere in `actual`. Its unit follows from the check or
   * the name: seconds, frames, decibels, levels of 255. Absent if both must be equal.
   */
  tolerance?: Amount | Readonly<Record<string, Amount>>;
  /** Whether the proxy passed it. */
  passed: boolean;
}

/** Clip of a job. */
export interface ClipResult {
  /** Path of the source. */
  source_path: Filled;
  /** Path of the proxy. */
  resolved_output_path: Filled;
  /** `COMPLETED`: the proxy is made, verified and published. */
  status: 'COMPLETED' | 'FAILED';
  /** Program that made it. */
  engine: EngineName;
  /** Exit code of the encoder; `null` if it was never started or was ended by a signal. */
  exit_code: Whole | null;
  /** Whether the proxy is published. */
  output_exists: boolean;
  /** Size of the published file. */
  output_size_bytes: Bytes | null;
  /**
   * For clips made by FFmpeg: the command that makes this proxy and nothing else.
   *
   * @minItems 1
   */
  ffmpeg_command?: string[];
  /**
   * For a failed clip: command that ran, which also writes what the proxy is compared
   * with.
   *
   * @minItems 1
   */
  executed_command?: string[];
  /** For ProRes made by FFmpeg: its quantiser. */
  prores_quantiser?: ProresQuantiser;
  /**
   * For camera RAW, made by Resolve instead of by a command: what Resolve did.
   *
   * @opaque
   */
  resolve_job?: ResolveJob;
  /** Why the clip failed, for programs; `null` when it did not. */
  failure_type: FailureType | null;
  /** A sentence for people. */
  failure_reason: Sentence | null;
  /** Last output of the encoder, at most 64 KiB; only for a failed clip. */
  stderr: string | null;
  /** Path of the incomplete output of a failed clip, a hidden file beside the proxies that may be deleted. */
  partial_output_path: Filled | null;
  /** Sentences about what a proxy lacks, for example an audio track that it has no room for. */
  warnings: Filled[];
  /** Every check of the proxy. */
  verification: VerificationCheck[];
  /**
   * Thumbnails of the start, the middle and the end, and of frames that failed a check.
   *
   * @maxItems 6
   */
  pictures: ClipPicture[];
  /**
   * XXH64 of the published file, as `xxhsum -H64` prints it; `null` without one.
   *
   * @pattern ^[0-9a-f]{16}$
   */
  output_xxh64: string | null;
  /** Facts behind the sentences of this clip. */
  facts: ClipFacts;
  /** Encodes of the clip, in order: the last one made the proxy, or failed. Empty if no encoder was started. */
  attempts: ClipAttempt[];
  started_at: Time;
  completed_at: Time;
  /** From the start of the clip to its end. */
  duration_seconds: Amount;
}

/** Reasons for an encode, see {@link ClipAttempt}. */
export const ATTEMPT_REASONS = ['first', 'audio_start', 'cut_end', 'frame_times', 'size'] as const;

/** Encode of a clip, including the comparison of its proxy. */
export interface ClipAttempt {
  /**
   * `first`; `audio_start` if a track begins inside a block of audio; `cut_end` if the source ends inside a frame or a block;
   * `frame_times` if frames have other PTS than the header and the first frames say; `size` if the ProRes quantiser made the proxy
   * too large. Each occurs at most once.
   */
  why: (typeof ATTEMPT_REASONS)[number];
  /** Exit code of the encoder; `null` if it was ended by a signal. */
  exit_code: Whole | null;
  /** How long it took. */
  seconds: Amount;
}

/**
 * Side of a thumbnail, in pixels.
 *
 * @asType integer
 * @minimum 1
 * @maximum 4096
 */
type Side = number;

/** JPEG thumbnail of a proxy. */
export interface ClipPicture {
  /** Absolute path; the file may have been removed since. */
  path: Filled;
  /** Frame number in the proxy, from 0. */
  frame: Count;
  /** `null` if the proxy has none; in a VFR proxy, only the first frame has one. */
  timecode: Filled | null;
  /** In pixels. */
  width: Side;
  /** In pixels. */
  height: Side;
  /** True for a frame that failed a check: the source’s frame is on its left, both at the size of the comparison. */
  beside_source?: true;
}

/** Quantiser of a ProRes proxy. */
export interface ProresQuantiser {
  /**
   * Quantiser of every slice; `null` leaves the choice to the encoder’s search, slice by slice.
   *
   * @asType integer
   * @minimum 1
   */
  quantiser: OneUp | null;
  /** Sentence that gives the reason. */
  reason: Filled;
  /** Expected size relative to that of the search; `null` if the search is used. */
  size: Amount | null;
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

/** Note on a job that was found cut off when the runner started. */
export interface RecoveryNote {
  /** A sentence for people. */
  reason: Filled;
  recovered_at: Time;
  /** Path of the JobSpec at that time. */
  original_path: Filled;
}

/** Runner, engine and JobSpec of the result. */
export interface ResultMetadata {
  /** `jobspec_version` of the JobSpec; `null` if it has none. */
  jobspec_version: string | null;
  /** Path of the JobSpec while the job ran. */
  jobspec_path: Filled;
  /**
   * SHA-256 of the JobSpec’s file.
   *
   * @pattern ^[0-9a-f]{64}$
   */
  jobspec_sha256: string;
  /** The JobSpec’s file name in `completed/` or `failed/`; for `run`, its own. */
  archived_as: Filled;
  result_written_at: Time;
  /** Worker slot, from 1 to the configured maximum; `null` for a job that was recovered at start. */
  worker_id: OneUp | null;
  worker_started_at: Time | null;
  /** A sentence: why this engine was chosen. */
  engine_routing_reason: Filled | null;
  /** Version of the runner. */
  runner_version: Filled;
  /** Version of the engine, such as `ffmpeg 7.1.5`. */
  engine_version: Filled | null;
  /** Name of the runner’s machine. */
  hostname: Filled;
  /** What tells its proxies from others of the same sources; absent if the JobSpec was not valid. */
  asked?: AskedProxies;
  /** Original paths in the JobSpec, by field, where `--map-path` replaced them; absent if it replaced none. */
  mapped?: Readonly<Record<string, Filled>>;
}

/** Fields of a JobSpec that distinguish its proxies from others of the same sources, as written there. */
export interface AskedProxies {
  /** As in the JobSpec. */
  codec: Filled;
  /** As in the JobSpec. */
  container: Filled;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT`, as in the JobSpec. */
  resolution: Filled;
  /**
   * Look and burnt-in text, as in the JobSpec.
   *
   * @opaque
   */
  viewing?: Viewing;
}

/** Outcome of a job, written beside its JobSpec in `completed/` or `failed/`. */
export interface JobResult {
  /**
   * Names the job in results and logs.
   *
   * @pattern ^[A-Za-z0-9._-]{1,128}$
   */
  job_id: string;
  /** `PARTIAL`: validation refused the job and nothing was started. */
  final_status: FinalStatus;
  /** `null` when it was never determined. */
  execution_engine: EngineName | null;
  /** Why the job failed, for programs; `null` when it did not. */
  failure_type: FailureType | null;
  /** A sentence for people. */
  failure_reason: Sentence | null;
  /** Every broken rule of the contract, in its order; or every path that keeps the job from being made. */
  violations: Violation[];
  /** Cause of the failure, as data; `null` without one. */
  cause: Cause | null;
  /** In the order of the sources; clips after the first failed one are not listed. */
  clips: ClipResult[];
  /** Sources of the job. */
  total_clips: Count;
  /** Proxies that were made, checked and published. */
  completed_clips: Count;
  /** 0 or 1: a job stops at the first clip that fails. */
  failed_clips: Count;
  started_at: Time;
  completed_at: Time;
  /** From the start of the job to its end. */
  duration_seconds: Amount;
  /** Only for a job that was found cut off when the runner started. */
  _recovery?: RecoveryNote;
  /** Runner, engine and JobSpec of the result. */
  _metadata: ResultMetadata;
}

/** Result without its lists, which may be long. */
export type ResultHead = Omit<JobResult, 'violations' | 'clips'>;
