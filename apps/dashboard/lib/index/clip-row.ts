import type { JobState } from '@app/jobspec/folder';
import type { LeftOutCause } from '@app/jobspec/inventory';
import type { ClipPicture, FailureType } from '@app/jobspec/result';
import type { JobReference } from './job-row.ts';

/**
 * Status of a clip. `UNKNOWN`: its result can't be read. `NOT_PLANNED`: it is on media, but no job requests it.
 * The index stores the position in this list; those before `RUNNING` need attention.
 */
export const CLIP_STATUSES = [
  'FAILED',
  'NOT_MADE',
  'UNKNOWN',
  'NOT_PLANNED',
  'RUNNING',
  'WAITING',
  'COMPLETED',
] as const;
export type ClipStatus = (typeof CLIP_STATUSES)[number];

/** Origin of a clip: its job's state, or the inventory of media. */
export type PlaceState = JobState | 'media';

/** Status codes in the index. */
export const STATUS = Object.fromEntries(CLIP_STATUSES.map((status, at) => [status, at])) as Record<
  ClipStatus,
  number
>;

/** Facts of a clip without a result: the columns of the index that describe a clip, other than its path and status. */
export const NO_FACTS = {
  failure_type: null as FailureType | null,
  failure_reason: null as string | null,
  output_size_bytes: null as number | null,
  duration_seconds: null as number | null,
  checks_passed: 0,
  checks_total: 0,
  warnings: 0,
  timecode: null as string | null,
  /** Duration of the proxy. */
  media_seconds: null as number | null,
  /** Frames in the proxy. */
  frames: null as number | null,
  output_xxh64: null as string | null,
  pictures: [] as readonly ClipPicture[],
  /** Reel of the source. */
  reel: null as string | null,
};
export type ClipFacts = typeof NO_FACTS;
export const CLIP_FACTS = Object.keys(NO_FACTS) as (keyof ClipFacts)[];

/** Clip as read from its job's files. */
export interface FoundClip extends ClipFacts {
  source_path: string;
  output_path: string;
  status: ClipStatus;
  /** End of the attempt, Unix milliseconds. */
  when: number;
  /** Requested proxy format, `prores_proxy mov half`; `null` if unknown. Each format of a source is a proxy of its own. */
  kind: string | null;
}

/** Attempt at a proxy, as shown in lists. */
export interface ClipRow extends FoundClip {
  /** Row id in the index. */
  id: number;
  folder: string;
  state: PlaceState;
  /** File name of the job; empty without one. */
  job: string;
  /** Position among the job's sources, from 0. */
  index: number;
  /** Root folder of its card, with forward slashes. */
  card: string;
  /** ISO 8601; `null` while its job is queued or running. */
  ended_at: string | null;
  /** True if the failure is that of the whole job. */
  isOfJob: boolean;
  /** Attempt that supersedes this one. */
  now: OtherAttempt | null;
}

/** Another attempt at the same proxy. */
export interface OtherAttempt extends JobReference {
  /** Position among the job's sources, from 0. */
  index: number;
  status: ClipStatus;
}

/** Counts of proxies by state, including clips on media that no job requests. */
export interface ClipSums {
  total: number;
  through: number;
  failed: number;
  /** Rejected, never started, queued or running. */
  not_made: number;
  /** State unknown: the result can't be read. */
  not_known: number;
  /** On media, but requested by no job. */
  not_planned: number;
  /** Part of `not_made` that is queued or running. */
  waiting: number;
}

/** Card of a view with its counts. */
export interface CardSums extends ClipSums {
  id: number;
  /** Forward slashes, none at the end. */
  path: string;
  /** True if the inventory lists the whole card. */
  isOnRecord: boolean;
  /** True if it lists all but clips that a person has put aside. */
  hasPutAside: boolean;
  /** True if it has proxies of more than one format. */
  isOfSeveralKinds: boolean;
  /** Reasons for clips that were not planned. */
  causes: readonly LeftOutCause[];
}
