import type { JobFailure } from '@app/jobspec';
import type { ClipOutcome } from '@app/engines';
import { REEL, type CaseName, type RenderCase } from './render-cases.ts';
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
const CLIP_FACTS = new Set(
  'Format,Video Codec,Resolution,FPS,Frames,Start TC,Drop frame,Audio Ch,PAR,Reel Name,Online Status'.split(
    ',',
  ),
);
/** What is said elsewhere, or by names. */
const UNSAID = new Set(['clip', 'source', 'module', 'queued', 'product', 'version', 'python']);

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
  if (likeness === null) return "FFmpeg can't compare its frames with the clip's";
  return likeness < LEAST_LIKENESS ? `the frames are not the clip's (likeness ${likeness})` : null;
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
  const { clip, outcome, likeness, seconds } = result;
  const { size, rate, frames, timecode, channels, mode } = clip;
  const { codec, container, resolution } = clip.request;
  const fault = faultOf(result);
  const { failure, verification: checked, warnings, facts: made, resolve_job: job } = outcome;
  const told = failure && anonymous(failure);
  const good = checked.filter(({ passed }) => passed);
  const wish = `${codec} in ${container}, size ${resolution}, ${mode === 1 ? 'one file' : 'individual clips'}`;
  const source = `of ${size}, ${rate} fps, ${frames} frames from ${timecode}, ${channels} channels, reel ${REEL}: `;
  const facts = Object.entries(job ?? {}).filter(([key]) => !UNSAID.has(key));
  const said = Object.entries(job?.clip ?? {}).filter(([key]) => CLIP_FACTS.has(key));
  return [
    `asked: ${result.name === 'own' ? '' : source}${wish}`,
    `${fault === null ? 'as asked' : `NOT as asked: ${fault === failure?.message ? told : fault}`} (${seconds.toFixed(1)} s, likeness ${likeness ?? 'not compared'})`,
    ...(told === null ? [] : [`failure: ${told}`]),
    ...checked.filter(({ passed }) => !passed).map((check) => `FAILED: ${word(check)}`),
    `passed: ${good.map(({ check, actual }) => `${check} ${word(actual)}`).join(', ') || 'nothing'}`,
    ...warnings.map((warning) => `warning: ${warning}`),
    `the clip by Resolve: ${word(Object.fromEntries(said))}`,
    `the proxy by ffprobe: ${word(made ? { ...made, reel: undefined } : null)}`,
    ...facts.map(([key, value]) => `${key}: ${word(value)}`),
  ];
}

export function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
