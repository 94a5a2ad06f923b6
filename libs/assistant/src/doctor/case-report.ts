import { parse } from 'node:path';
import type { JobFailure } from '@app/jobspec';
import { textOf, type ClipOutcome } from '@app/engines';
import type { CaseName, RenderCase } from './render-cases.ts';
import { withoutNames } from './scrub.ts';
import { MIN_LIKENESS } from './test-clip.ts';

/** Result of one render test case. */
export interface CaseResult {
  name: CaseName;
  clip: RenderCase;
  /** User's clip; `null` for a generated one. */
  ownPath: string | null;
  outcome: ClipOutcome;
  /** Likeness of the frames, from 0 to 1; `null` if they weren't compared. */
  likeness: number | null;
  seconds: number;
}

/** Resolve's clip properties that identify nobody. */
const CLIP_FACTS =
  'Format,Video Codec,Resolution,FPS,Frames,Reel Name,Start TC,Drop frame,Audio Ch,PAR,Online Status';

/** Deviation of a case from what was expected; `null` if there is none. A known loss of audio isn't one. */
export function faultOf(result: CaseResult): string | null {
  const { clip, ownPath, outcome, likeness } = result;
  if (outcome.failure !== null) return failsAsExpected(result) ? null : outcome.failure.message;
  if (clip.isCancelled || clip.isDamaged) return 'it passed although it had to fail';
  if (ownPath !== null || (likeness ?? 0) >= MIN_LIKENESS) return null;
  return `the frames are not the clip's (likeness ${likeness})`;
}

/** True if the case failed by its cancel or its damage. Other failures prove neither. */
function failsAsExpected({ clip, outcome: { failure, resolve_job: job } }: CaseResult): boolean {
  const code = failure?.facts.arguments['driver_code'];
  if (clip.isCancelled) return code === 'CANCELLED' && 'stop_seconds' in (job?.observed ?? {});
  const isFoundOut = code === 'RENDER_FAILED' || failure?.type === 'OutputVerificationError';
  return clip.isDamaged && isFoundOut;
}

/** Driver codes whose sentence names a Resolve project, which may be anybody's. */
const NAMES_A_PROJECT = new Set<unknown>(['PROJECT_OPEN', 'RESOLVE_BUSY', 'PROJECT_CREATE']);

/** Failure message without project names. */
export function anonymous({ facts, message }: JobFailure): string {
  const { driver_code, phase, hint } = facts.arguments;
  if (!NAMES_A_PROJECT.has(driver_code)) return message;
  return `${String(driver_code)} in phase ${String(phase)}. ${String(hint)}`;
}

/** Anonymous form of `faultOf`; `null` if there is no fault. */
function reasonOf(result: CaseResult): string | null {
  const { failure } = result.outcome;
  const fault = faultOf(result);
  const why = failure && fault === failure.message ? anonymous(failure) : fault;
  return why && withoutClipNames(result, why);
}

/** Sentence on whether this Resolve is reliable. @param lacking sentences on clips that weren't made */
export function verdictOf(results: readonly CaseResult[], lacking: readonly string[]): string {
  const resultOf = (wanted: CaseName) => results.find(({ name }) => name === wanted);
  const judged = resultOf('own') ?? resultOf('first') ?? resultOf('plain');
  const why = judged && reasonOf(judged);
  const faults = results.flatMap((result) => {
    const fault = reasonOf(result) ?? audioLossOf(result);
    return fault === null ? [] : `${result.clip.title}: ${fault}`;
  });
  const but = [...faults, ...lacking].join('; ');
  const good = judged?.name === 'own' ? `yes${but && `, except ${but}`}` : `not known: ${but}`;
  return `Ready for camera RAW: ${why ? `no: ${why}` : good}`;
}

function audioLossOf({ outcome: { resolve_job: job } }: CaseResult): string | null {
  const made = (job?.sound?.proxy_tracks ?? []).reduce((sum, track) => sum + track, 0);
  const of = job?.sound?.clip_channels ?? 0;
  return made < of ? `you get ${made} of ${of} channels` : null;
}

/** Facts of a case for the report. */
export function caseFacts(result: CaseResult): object {
  const { name, clip, ownPath, outcome, likeness, seconds } = result;
  const { verification, warnings, stderr, facts, failure, resolve_job: job } = outcome;
  const why = reasonOf(result);
  const report = {
    name,
    asked: ownPath === null ? clip : clip.request,
    fault: why,
    failed: failure && anonymous(failure),
    seconds,
    likeness,
    verification,
    warnings,
    resolve: {
      ...job,
      source: undefined,
      module: undefined,
      clip: Object.fromEntries(CLIP_FACTS.split(',').map((key) => [key, job?.clip?.[key]])),
    },
    proxy: facts && { ...facts, reel: undefined },
    // The call that failed or hung is at the end.
    stderr: why && stderr ? stderr.trim().split('\n').slice(-40) : [],
  };
  return mapText(report, (text) => withoutClipNames(result, text));
}

/** Maps every string in a value. */
export function mapText<Value extends object>(
  value: Value,
  change: (text: string) => string,
): Value {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'string' ? change(one) : one,
  );
  return JSON.parse(text) as Value;
}

/** Timecodes, apart from zero, which says nothing about the clip. */
const TIMECODE = /(?!00:00:00.00)\d\d:\d\d:\d\d[:;.]\d{2,3}/g;

/** Removes the name, reel and timecodes of a user's clip; files next to it share the name. */
function withoutClipNames({ ownPath, outcome }: CaseResult, text: string): string {
  if (ownPath === null) return text;
  const { name } = parse(ownPath);
  const reel = textOf(outcome.resolve_job?.clip?.['Reel Name']);
  const names = [name, name.replace(/[\W_]?\d+$/, ''), reel];
  return withoutNames(text, names).replaceAll(TIMECODE, '<timecode>');
}
