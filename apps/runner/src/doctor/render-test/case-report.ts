import type { ClipOutcome } from '@app/engines';
import type { JobFailure } from '@app/jobspec';
import { LEAST_LIKENESS } from './frame-likeness.ts';
import type { CaseName, RenderCase } from './render-cases.ts';

/** What came of one clip of the test. */
export interface CaseResult {
  name: CaseName;
  clip: Pick<RenderCase, 'title' | 'cancelAfter' | 'isDamaged'>;
  outcome: ClipOutcome;
  /** Of the pictures; `null` when there was nothing to compare. */
  likeness: number | null;
  seconds: number;
}

/** What Resolve's account of a clip says without naming anything. */
const CLIP_FACTS =
  'Format,Video Codec,Resolution,FPS,Frames,Start TC,Drop frame,Audio Ch,PAR,Reel Name,Online Status'.split(
    ',',
  );

/** Whether a check of a proxy has passed; `null` when it wasn't made. */
export function hasPassed({ outcome }: CaseResult, check: string): boolean | null {
  return outcome.verification.find((one) => one.check === check)?.passed ?? null;
}

/** Whether a render was stopped. */
export function hasStopped({ resolve_job }: ClipOutcome): boolean {
  return 'stop_seconds' in (resolve_job?.observed ?? {});
}

/** Why a case isn't as it was asked for; `null` when it is. A loss of sound that is known to happen is none. */
export function faultOf({ name, clip, outcome, likeness }: CaseResult): string | null {
  const { failure } = outcome;
  // These two have to come as far as their render, and to fail there.
  const hasRendered = failure === null || outcome.resolve_job?.codec !== null;
  if (clip.cancelAfter !== null && hasRendered)
    return hasStopped(outcome) ? null : 'it ended before it was cancelled, or did not stop';
  if (clip.isDamaged && hasRendered)
    return failure === null ? 'it passed although its clip is damaged' : null;
  if (failure !== null) return failure.message;
  if (name === 'own') return null;
  if (likeness === null) return "FFmpeg can't compare its picture with the clip's";
  if (likeness < LEAST_LIKENESS) return `the picture is not the clip's (likeness ${likeness})`;
  return null;
}

/** Of the driver: its sentence names a project of Resolve, which may be anybody's. */
const NAMES_A_PROJECT: ReadonlySet<unknown> = new Set([
  'PROJECT_OPEN',
  'RESOLVE_BUSY',
  'PROJECT_CREATE',
]);

/** A failure in words that name no project. */
export function anonymous({ facts, message }: JobFailure): string {
  const { driver_code, phase, hint } = facts.arguments;
  if (!NAMES_A_PROJECT.has(driver_code)) return message;
  return `${String(driver_code)} in phase ${String(phase)}. ${String(hint)}`;
}

/** Lines for a report: all that is known of a clip, as data. */
export function caseLines(result: CaseResult): string[] {
  const { outcome, likeness, seconds } = result;
  const { failure } = outcome;
  const told = failure === null ? null : anonymous(failure);
  const fault = faultOf(result);
  const why = fault === failure?.message ? told : fault;
  const verdict = fault === null ? 'as asked' : `NOT as asked: ${why}`;
  const job = outcome.resolve_job;
  const facts = CLIP_FACTS.map((key) => [key, job?.clip?.[key]] as const);
  const kept = Object.entries(job?.project_settings ?? {}).map(
    ([key, { set, read, answer }]) => `${key} ${set}${answer ? '' : ' (said no)'} -> ${word(read)}`,
  );
  const failed = outcome.verification.filter(({ passed }) => !passed);
  return [
    `${verdict} (${seconds.toFixed(1)} s, likeness ${likeness ?? 'not compared'})`,
    ...(told === null ? [] : [`failure: ${told}`]),
    ...failed.map(
      ({ check, expected, actual }) =>
        `failed check: ${check} ${word(actual)}, expected ${word(expected)}`,
    ),
    ...outcome.warnings.map((warning) => `warning: ${warning}`),
    `the clip by Resolve: ${pairs(facts)}`,
    `project: ${kept.join(', ') || 'nothing'}`,
    ...SHOWN.map((key) => `${key}: ${pairs(Object.entries(job?.[key] ?? {}))}`),
  ];
}

/** What else is shown of a render. */
const SHOWN = [
  'timeline',
  'colour',
  'settings',
  'refused_settings',
  'queued',
  'sound',
  'observed',
] as const;

function pairs(facts: Iterable<readonly [string, unknown]>): string {
  const known = [...facts].filter(([, value]) => value !== undefined);
  return known.map(([key, value]) => `${key} ${word(value)}`).join(', ') || 'nothing';
}

export function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
