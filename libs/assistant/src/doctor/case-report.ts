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
function reasonOf(result: CaseResult): string | null {
  const { failure } = result.outcome;
  const fault = faultOf(result);
  const why = failure && fault === failure.message ? anonymous(failure) : fault;
  return why && withoutClip(result, why);
}

/** Whether this Resolve can be relied on, a sentence. @param lacking sentences on clips that were not made */
export function verdictOf(results: readonly CaseResult[], lacking: readonly string[]): string {
  const told = (wanted: CaseName) => results.find(({ name }) => name === wanted);
  const judged = told('own') ?? told('first') ?? told('plain');
  const why = judged && reasonOf(judged);
  const faults = results.flatMap((result) => {
    const fault = reasonOf(result) ?? lossOf(result);
    return fault === null ? [] : `${result.clip.title}: ${fault}`;
  });
  const but = [...faults, ...lacking].join('; ');
  const good = judged?.name === 'own' ? `yes${but && `, except ${but}`}` : `not known: ${but}`;
  return `Ready for camera RAW: ${why ? `no: ${why}` : good}`;
}

function lossOf({ outcome: { resolve_job: job } }: CaseResult): string | null {
  const made = (job?.sound?.proxy_tracks ?? []).reduce((sum, track) => sum + track, 0);
  const of = job?.sound?.clip_channels ?? 0;
  return made < of ? `you get ${made} of ${of} channels` : null;
}

/** All that is known of a clip, for a report. */
export function caseFacts(result: CaseResult): object {
  const { name, clip, ownPath, outcome, likeness, seconds } = result;
  const { verification, warnings, stderr, facts, failure, resolve_job: job } = outcome;
  const why = reasonOf(result);
  const told = {
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
    // Where a call failed or hung stands at the end.
    stderr: why && stderr ? stderr.trim().split('\n').slice(-40) : [],
  };
  return mapText(told, (text) => withoutClip(result, text));
}

/** The same data with other texts. */
export function mapText<Value extends object>(
  value: Value,
  change: (text: string) => string,
): Value {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'string' ? change(one) : one,
  );
  return JSON.parse(text) as Value;
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
