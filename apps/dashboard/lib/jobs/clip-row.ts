import type { JobState } from '@app/jobspec/folder';
import type { FailureType } from '@app/jobspec/result';

/**
 * What became of a clip. `UNKNOWN`: nobody can tell, because a result can't be read or a runner fell silent.
 * The index keeps the place in this list: append only.
 */
export const CLIP_STATUSES = [
  'FAILED',
  'NOT_MADE',
  'UNKNOWN',
  'RUNNING',
  'WAITING',
  'COMPLETED',
] as const;
export type ClipStatus = (typeof CLIP_STATUSES)[number];

/** A picture of a proxy that the runner left below its watch folder. */
export interface ClipPicture {
  path: string;
  frame: number | null;
  timecode: string | null;
  width: number | null;
  height: number | null;
}

/** What is known of a clip besides where it is and what became of it. */
export interface ClipFacts {
  failure_type: FailureType | null;
  failure_reason: string | null;
  output_size_bytes: number | null;
  duration_seconds: number | null;
  checks_passed: number;
  checks_total: number;
  warnings: number;
  timecode: string | null;
  /** How long the proxy plays. */
  media_seconds: number | null;
  output_xxh64: string | null;
  pictures: readonly ClipPicture[];
  /** Of its source, where the result tells it. */
  reel: string | null;
}

/** Names of {@link ClipFacts}. The index keeps the values in this order. */
export const CLIP_FACTS = [
  'failure_type',
  'failure_reason',
  'output_size_bytes',
  'duration_seconds',
  'checks_passed',
  'checks_total',
  'warnings',
  'timecode',
  'media_seconds',
  'output_xxh64',
  'pictures',
  'reel',
] as const satisfies readonly (keyof ClipFacts)[];

/** A clip as the index takes it from the files of its job. */
export interface FoundClip extends ClipFacts {
  source_path: string;
  output_path: string;
  status: ClipStatus;
  /** When it ended, milliseconds. */
  when: number;
}

/** A clip as lists show it. */
export interface ClipRow extends FoundClip {
  /** In the index. */
  id: number;
  folder: string;
  state: JobState;
  /** File name of the job. */
  job: string;
  /** Its place among the sources of the job, from 0. */
  index: number;
  /** Which proxy was asked for, `prores_proxy mov half`: others of the same source stand for themselves. Without a size or `null` when nothing tells. */
  kind: string | null;
  /** Whether its source was asked for as another kind, too: without its kind they look alike. */
  is_of_kinds: boolean;
  /** Whether this is where its proxy stands now, and not another attempt at it; in a view of a day, at its end. */
  latest: boolean;
  /** Whether it is listed for a proxy that an attempt decides which the view doesn't hold. */
  is_elsewhere: boolean;
  /** Of an attempt that failed: a later one came through. Of one that came through: one before it had failed. */
  made_good: boolean;
  /** Of an attempt that was refused, or waits: the proxy had been made before. */
  made_before: boolean;
  /** Of an attempt that was refused, or never begun: the proxy was made later. */
  made_since: boolean;
  /** The attempt that made it good, before or since; of one that made a failure good, that failure. */
  other: OtherAttempt | null;
  /** Of one that came after the latest that decides, without bringing the proxy. */
  is_later: boolean;
  /** The folder of its source, as the index counts them. */
  dir: number;
}

/** Another attempt at the same proxy. */
export interface OtherAttempt {
  folder: string;
  state: JobState;
  /** File name of the job. */
  name: string;
  /** Its place among the sources of the job, from 0. */
  index: number;
  /** When it ended, milliseconds: its job may have ended on a later day. */
  when: number;
}

/** How many proxies that were asked for stand where. */
export interface ClipSums {
  total: number;
  through: number;
  failed: number;
  /** Refused, never begun, or to come. */
  not_made: number;
  /** Nobody can tell: a result can't be read. */
  not_known: number;
  /** Of those that are not made: waiting for a runner, or being made. */
  waiting: number;
  /** Of all: an attempt says so that the view doesn't hold. */
  elsewhere: number;
}

/** So many clips of a view are counted one by one; a wider one has to be narrowed for its sums. */
export const CLIPS_COUNTED = 60_000;

export const NO_CLIPS: ClipSums = {
  total: 0,
  through: 0,
  failed: 0,
  not_made: 0,
  not_known: 0,
  waiting: 0,
  elsewhere: 0,
};
