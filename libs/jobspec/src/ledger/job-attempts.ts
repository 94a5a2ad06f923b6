import { causeRow } from '../failure/causes.ts';
import { sourceIndexOf, type Cause } from '../failure/cause.ts';
import type { RequestedProxy } from '../result/facts.ts';
import type { ReadClip, ReadHead } from '../result/read.ts';
import type { Attempt } from './attempt.ts';
import { kindOf } from './proxy-kind.ts';

/** Attempt at one source of a job. */
export interface JobAttempt extends Attempt {
  source: string;
  kind: string | null;
  /** Index of the source in the JobSpec, from 0. */
  index: number;
  /** Cause for which it ended without a proxy; `null` with a proxy, or if unknown. */
  cause: Cause | null;
}

/** Fields of a started clip that attempts are read from. */
export type EndedClip = Pick<
  ReadClip,
  'source_path' | 'resolved_output_path' | 'status' | 'completed_at' | 'facts'
>;

/** Request of a JobSpec. */
export interface RequestedJob {
  sources: readonly string[];
  /** See `readRequested`. */
  requested: RequestedProxy | null;
}

/** Attempts of a waiting or running job. @param at time of its submission, in milliseconds */
export function unfinishedAttempts(
  state: 'waiting' | 'running',
  { sources, requested }: RequestedJob,
  at: number,
): JobAttempt[] {
  return sources.map((source, index) => {
    const kind = kindOf(requested, index);
    return { source, kind, index, state, at, output: null, cause: null };
  });
}

/**
 * Attempts of a finished job, one for each known source.
 *
 * @param clips clips of its result, in order
 * @param asked its JobSpec; `null` if that can't be read: clips that weren't started are then unknown
 */
export function finishedAttempts(
  head: ReadHead,
  clips: readonly EndedClip[],
  asked: RequestedJob | null,
): JobAttempt[] {
  const requested = head.requested ?? asked?.requested ?? null;
  const at = Date.parse(head.completed_at) || 0;
  const begun = clips.map((clip, index): JobAttempt => {
    const { source_path: source, resolved_output_path: output } = clip;
    const state = clip.status === 'COMPLETED' ? 'made' : 'failed';
    const endedAt = Date.parse(clip.completed_at) || at;
    const kind = kindOf(requested, index);
    return { source, kind, index, state, at: endedAt, output, cause: clip.facts.cause };
  });
  const isRefused = refusals(head);
  const rest = (asked?.sources ?? []).slice(clips.length).map((source, place): JobAttempt => {
    const index = clips.length + place;
    const state = isRefused(index) ? 'refused' : 'not_begun';
    const cause = state === 'refused' || clips.length === 0 ? head.cause : null;
    const kind = kindOf(requested, index);
    return { source, kind, index, state, at, output: null, cause };
  });
  return [...begun, ...rest];
}

/** True if the attempt would be refused again: only another JobSpec helps. */
export function isRefusedForGood({ state, cause }: Pick<JobAttempt, 'state' | 'cause'>): boolean {
  return state === 'refused' && cause !== null && causeRow(cause.code)?.who === 'author';
}

/** True for the sources because of which a job was refused: all of them if none in particular is at fault. */
function refusals({ final_status, cause, violations }: ReadHead): (index: number) => boolean {
  if (final_status !== 'PARTIAL') return () => false;
  const refused = new Set(violations.map(({ path }) => sourceIndexOf(path)));
  const isOfSources = cause?.source_index !== undefined;
  return (index) => !isOfSources || index === cause.source_index || refused.has(index);
}
