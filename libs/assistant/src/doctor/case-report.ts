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
  /** The user's clip; `null` for one of ours. */
  ownPath: string | null;
  outcome: ClipOutcome;
  /** Of the frames; `null` when there was nothing to compare. */
  likeness: number | null;
  seconds: number;
}

/** What Resolve's account of a clip says without naming anything. */
const CLIP_FACTS =
  'Format,Video Codec,Resolution,FPS,Frames,Reel Name,Start TC,Drop frame,Audio Ch,PAR,Online Status';
/** What is said elsewhere, or by names. */
const UNSAID = new Set(['clip', 'source', 'module', 'product', 'version', 'python']);

/** Why a case isn't as it was asked for; `null` when it is. A loss of audio that is known to happen is none. */
export function faultOf(result: CaseResult): string | null {
  const { clip, ownPath, outcome, likeness } = result;
  if (outcome.failure !== null) return failsAsAsked(result) ? null : outcome.failure.message;
  if (clip.isCancelled || clip.isDamaged) return 'it passed although it had to fail';
  if (ownPath !== null || (likeness ?? 0) >= LEAST_LIKENESS) return null;
  return `the frames are not the clip's (likeness ${likeness})`;
}

/** By its cancel or its damage: any other failure says nothing of either. */
function failsAsAsked({ clip, outcome: { failure, resolve_job: job } }: CaseResult): boolean {
  const code = failure?.facts.arguments['driver_code'];
  if (clip.isCancelled) return code === 'CANCELLED' && 'stop_seconds' in (job?.observed ?? {});
  const isFoundOut = code === 'RENDER_FAILED' || failure?.type === 'OutputVerificationError';
  return clip.isDamaged && isFoundOut;
}

/** Of the driver: its sentence names a project of Resolve, which may be anybody's. */
const NAMES_A_PROJECT = new Set<unknown>(['PROJECT_OPEN', 'RESOLVE_BUSY', 'PROJECT_CREATE']);

/** A failure in words that name no project. */
export function anonymous({ facts, message }: JobFailure): string {
  const { driver_code, phase, hint } = facts.arguments;
  if (!NAMES_A_PROJECT.has(driver_code)) return message;
  return `${String(driver_code)} in phase ${String(phase)}. ${String(hint)}`;
}

/** The same for others to read; `null` for none. */
export function reasonOf(result: CaseResult): string | null {
  const { failure } = result.outcome;
  const fault = faultOf(result);
  const why = failure && fault === failure.message ? anonymous(failure) : fault;
  return why && withoutClip(result, why);
}

/** Lines for a report: all that is known of a clip, as data. */
export function caseLines(result: CaseResult): string[] {
  const { clip, ownPath, outcome, likeness, seconds } = result;
  const { failure, verification, warnings, stderr, facts: made, resolve_job: job } = outcome;
  const why = reasonOf(result);
  const how = word(failure?.facts.arguments['said'] ?? 'a check of its file has found it');
  const end = failure === null ? 'as asked' : `failed, as it should: ${how}`;
  const checks = verification.map(
    ({ check, actual, expected, passed }) =>
      `${check} ${word(actual)}${passed ? '' : ` instead of ${word(expected)}`}`,
  );
  const facts = Object.entries(job ?? {}).filter(([key]) => !UNSAID.has(key));
  const said = CLIP_FACTS.split(',').map((key) => [key, job?.clip?.[key]]);
  const lines = [
    `asked: ${word(ownPath === null ? clip : clip.request)}`,
    `${why === null ? end : `NOT as asked: ${why}`} (${seconds.toFixed(1)} s, likeness ${likeness ?? 'not compared'})`,
    `checks: ${checks.join(', ') || 'none'}`,
    ...warnings.map((warning) => `warning: ${warning}`),
    `the clip by Resolve: ${word(Object.fromEntries(said))}`,
    `the proxy by ffprobe: ${word(made ? { ...made, reel: undefined } : null)}`,
    ...facts.map(([key, value]) => `${key}: ${word(value)}`),
    // Where a call failed or hung stands at the end.
    ...(why && stderr ? `Python and Resolve wrote:\n${stderr}`.trim().split('\n').slice(-40) : []),
  ];
  return lines.map((line) => withoutClip(result, line));
}

/** All but where nothing says when the clip begins. */
const TIMECODE = /(?!00:00:00.00)\d\d:\d\d:\d\d[:;.]\d{2,3}/g;

/** Of a clip that isn't ours neither its name, which files beside it have too, nor its reel, nor its timecodes. */
function withoutClip({ ownPath, outcome }: CaseResult, text: string): string {
  if (ownPath === null) return text;
  const { name } = parse(ownPath);
  const reel = textOf(outcome.resolve_job?.clip?.['Reel Name']);
  const names = [name, name.replace(/[\W_]?\d+$/, ''), reel];
  return withoutNames(text, names).replaceAll(TIMECODE, '<timecode>');
}

export function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
