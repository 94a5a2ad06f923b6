import type { JobState } from '@app/jobspec/folder';
import type { LeftOutCause } from '@app/jobspec/inventory';
import type { ClipPicture, FailureType } from '@app/jobspec/result';
import type { JobReference } from './job-row.ts';

/**
 * What became of a clip. `UNKNOWN`: nobody can tell, because a result can't be read. `NOT_PLANNED`: it lies on media, and no job makes it.
 * The index keeps the place in this list; somebody is needed for those before `RUNNING`.
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

/** Where a clip is known from: the state of its job, or the record of what lies on media. */
export type PlaceState = JobState | 'media';

/** The place of a status in the index. */
export const STATUS = Object.fromEntries(CLIP_STATUSES.map((status, at) => [status, at])) as Record<
  ClipStatus,
  number
>;

/** What is known of a clip besides where it is and what became of it: columns of the index. */
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
  /** Of the proxy. */
  frames: number | null;
  output_xxh64: string | null;
  pictures: readonly ClipPicture[];
  /** Of its source, where the result tells it. */
  reel: string | null;
}

/** Of {@link ClipFacts} what nothing is known of: a clip that no result tells of. */
export const NO_FACTS: ClipFacts = {
  failure_type: null,
  failure_reason: null,
  output_size_bytes: null,
  duration_seconds: null,
  checks_passed: 0,
  checks_total: 0,
  warnings: 0,
  timecode: null,
  media_seconds: null,
  frames: null,
  output_xxh64: null,
  pictures: [],
  reel: null,
};
export const CLIP_FACTS = Object.keys(NO_FACTS) as (keyof ClipFacts)[];

/** A clip as the index takes it from the files of its job. */
export interface FoundClip extends ClipFacts {
  source_path: string;
  output_path: string;
  status: ClipStatus;
  /** When it ended, milliseconds. */
  when: number;
  /** Which proxy was asked for, `prores_proxy mov half`: others of the same source stand for themselves. `null` when nothing tells. */
  kind: string | null;
}

/** An attempt at a proxy, as lists show it. */
export interface ClipRow extends FoundClip {
  /** In the index. */
  id: number;
  folder: string;
  state: PlaceState;
  /** File name of the job; empty without one. */
  job: string;
  /** Its place among the sources of the job, from 0. */
  index: number;
  /** The folder that is its card, with slashes. */
  card: string;
  /** In ISO 8601; `null` while its job runs or waits. */
  ended_at: string | null;
  /** Its type and reason are those of its job, which failed as a whole. */
  isOfJob: boolean;
  /** Where its proxy stands now, when another attempt says so. */
  now: OtherAttempt | null;
}

/** Another attempt at the same proxy. */
export interface OtherAttempt extends JobReference {
  /** Its place among the sources of the job, from 0. */
  index: number;
  status: ClipStatus;
}

/** How many proxies that were asked for, and clips that weren't, stand where. */
export interface ClipSums {
  total: number;
  through: number;
  failed: number;
  /** Refused, never begun, or to come. */
  not_made: number;
  /** Nobody can tell: a result can't be read. */
  not_known: number;
  /** Lie on media, and no job makes them. */
  not_planned: number;
  /** Of those that are not made: waiting for a runner, or being made. */
  waiting: number;
}

/** A card of a view, and how far it came. */
export interface CardSums extends ClipSums {
  id: number;
  /** With slashes, and none at its end. */
  path: string;
  /** Whether the record of what lies on media has all of it. */
  isOnRecord: boolean;
  /** Whether it has all but clips that a person has put aside. */
  hasPutAside: boolean;
  /** Whether a clip of it may have several proxies. */
  isOfSeveralKinds: boolean;
  /** Why clips of it were not planned. */
  causes: readonly LeftOutCause[];
}
