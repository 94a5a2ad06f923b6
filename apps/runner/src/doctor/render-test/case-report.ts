import { parse } from 'node:path';
import type { JobFailure } from '@app/jobspec';
import { textOf, type ClipOutcome } from '@app/engines';
import type { CaseName, RenderCase } from './render-cases.ts';
import { withoutNames } from './scrub.ts';
import { LEAST_LIKENESS } from './test-clip.ts';

/** What came of one clip of the test. */
export interface CaseResult {
  name: CaseName;
  clip: RenderCase;
  outcome: ClipOutcome;
  /** Of the frames; `null` when there was nothing to compare. */
  likeness: number | null;
  seconds: number;
}

/** What Resolve's account of a clip says without naming anything. */
const CLIP_FACTS =
  /^(Format|Video Codec|Resolution|FPS|Frames|Start TC|Drop frame|Audio Ch|PAR|Reel Name|Online Status)$/;
/** What is said elsewhere, or by names. */
const UNSAID = new Set(['clip', 'source', 'module', 'product', 'version', 'python']);

/** Why a case isn't as it was asked for; `null` when it is. A loss of audio that is known to happen is none. */
export function faultOf({ name, clip, outcome, likeness }: CaseResult): string | null {
  const { failure } = outcome;
  // These two have to come as far as their render, and to fail there.
  const hasRendered = failure === null || outcome.resolve_job?.codec !== null;
  const hasStopped = 'stop_seconds' in (outcome.resolve_job?.observed ?? {});
  if (clip.isCancelled && hasRendered)
    return hasStopped ? null : 'it ended before it was cancelled, or did not stop';
  if (clip.isDamaged && hasRendered)
    return failure === null ? 'it passed although its clip is damaged' : null;
  if (failure !== null) return failure.message;
  if (name === 'own') return null;
  return (likeness ?? 0) < LEAST_LIKENESS
    ? `the frames are not the clip's (likeness ${likeness})`
    : null;
}

/** Of the driver: its sentence names a project of Resolve, which may be anybody's. */
const NAMES_A_PROJECT = new Set<unknown>(['PROJECT_OPEN', 'RESOLVE_BUSY', 'PROJECT_CREATE']);

/** A failure in words that name no project. */
export function anonymous({ facts, message }: JobFailure): string {
  const { driver_code, phase, hint } = facts.arguments;
  if (!NAMES_A_PROJECT.has(driver_code)) return message;
  return `${String(driver_code)} in phase ${String(phase)}. ${String(hint)}`;
}

/** Lines for a report: all that is known of a clip, as data. */
export function caseLines(result: CaseResult): string[] {
  const { name, clip, outcome, likeness, seconds } = result;
  const { failure, verification, warnings, facts: made, resolve_job: job } = outcome;
  const fault = faultOf(result);
  const how = clip.isDamaged ? 'found out, as it should be' : 'cancelled, as it should be';
  const end = failure === null ? 'as asked' : how;
  const why = failure && fault === failure.message ? anonymous(failure) : fault;
  const checks = verification.map(
    ({ check, actual, expected, passed }) =>
      `${check} ${word(actual)}${passed ? '' : ` instead of ${word(expected)}`}`,
  );
  const facts = Object.entries(job ?? {}).filter(([key]) => !UNSAID.has(key));
  const said = Object.entries(job?.clip ?? {}).filter(([key]) => CLIP_FACTS.test(key));
  return [
    `asked: ${word(name === 'own' ? clip.request : clip)}`,
    `${fault === null ? end : `NOT as asked: ${why}`} (${seconds.toFixed(1)} s, likeness ${likeness ?? 'not compared'})`,
    `checks: ${checks.join(', ') || 'none'}`,
    ...warnings.map((warning) => `warning: ${warning}`),
    `the clip by Resolve: ${word(Object.fromEntries(said))}`,
    `the proxy by ffprobe: ${word(made ? { ...made, reel: undefined } : null)}`,
    ...facts.map(([key, value]) => `${key}: ${word(value)}`),
  ];
}

/** All but where nothing says when the clip begins. */
const TIMECODE = /(?!00:00:00.00)\d\d:\d\d:\d\d[:;.]\d{2,3}/g;

/** The same of a clip that isn't ours: without its name, which files beside it have too, its reel, and its timecodes. */
export function ownLines(result: CaseResult, path: string): string[] {
  const { name } = parse(path);
  const reel = textOf(result.outcome.resolve_job?.clip?.['Reel Name']);
  const names = [name, name.replace(/[\W_]?\d+$/, ''), reel];
  return caseLines(result).map((line) =>
    withoutNames(line, names).replaceAll(TIMECODE, '<timecode>'),
  );
}

export function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
