import { causeRow } from '../failure/causes.ts';
import { sourceIndexOf, type Cause } from '../failure/cause.ts';
import type { RequestedProxy } from '../result/facts.ts';
import type { ReadClip, ReadHead } from '../result/read.ts';
import type { Attempt } from './attempt.ts';
import { kindOf } from './proxy-kind.ts';

/** An attempt at one source of a job. */
export interface JobAttempt extends Attempt {
  source: string;
  kind: string | null;
  /** Place among the JobSpec's sources, from 0. */
  index: number;
  /** Why it ended without a proxy; `null` where it didn't, or where that isn't told. */
  cause: Cause | null;
}

/** What is needed of a clip that was begun. */
export type EndedClip = Pick<
  ReadClip,
  'source_path' | 'resolved_output_path' | 'status' | 'completed_at' | 'facts'
>;

/** What a JobSpec asks for. */
export interface AskedJob {
  sources: readonly string[];
  /** See `readRequested`. */
  requested: RequestedProxy | null;
}

/** The attempts of a job that waits or runs. @param at when it was handed in, in milliseconds */
export function attemptsToCome(
  state: 'waiting' | 'running',
  { sources, requested }: AskedJob,
  at: number,
): JobAttempt[] {
  return sources.map((source, index) => {
    const kind = kindOf(requested, index);
    return { source, kind, index, state, at, output: null, cause: null };
  });
}

/**
 * The attempts of a job that has ended, one for each source that is known.
 *
 * @param clips those that its result lists, in order
 * @param asked by its JobSpec; `null` where that can't be read: then clips that weren't begun are not known
 */
export function attemptsOfEnded(
  head: ReadHead,
  clips: readonly EndedClip[],
  asked: AskedJob | null,
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

/** Would be refused again: only another JobSpec helps. */
export function isRefusedForGood({ state, cause }: Pick<JobAttempt, 'state' | 'cause'>): boolean {
  return state === 'refused' && cause !== null && causeRow(cause.code)?.who === 'author';
}

/** Which sources a job was refused because of: all of them where no single ones are to blame. */
function refusals({ final_status, cause, violations }: ReadHead): (index: number) => boolean {
  if (final_status !== 'PARTIAL') return () => false;
  const refused = new Set(violations.map(({ path }) => sourceIndexOf(path)));
  const isOfSources = cause?.source_index !== undefined;
  return (index) => !isOfSources || index === cause.source_index || refused.has(index);
}
