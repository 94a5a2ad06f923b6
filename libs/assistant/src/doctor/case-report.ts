import type { ClipOutcome } from '@app/engines';
import type { CaseName, RenderCase } from './render-cases.ts';
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

/** Deviation of a case from what was expected; `null` if there is none. A known loss of audio isn't one. */
export function faultOf(result: CaseResult): string | null {
  const { clip, ownPath, outcome, likeness } = result;
  if (outcome.failure !== null) return failsAsExpected(result) ? null : outcome.failure.message;
  if (clip.isCancelled || clip.isDamaged) return 'it passed although it had to fail';
  if (ownPath !== null || (likeness ?? 0) >= MIN_LIKENESS) return null;
  return `the frames are not the clip's (likeness ${likeness})`;
}

/** True if the case failed because it was cancelled or damaged on purpose. Other failures prove neither. */
function failsAsExpected({ clip, outcome: { failure, resolve_job: job } }: CaseResult): boolean {
  const code = failure?.facts.arguments['driver_code'];
  if (clip.isCancelled) return code === 'CANCELLED' && 'stop_seconds' in (job?.observed ?? {});
  const isFoundOut = code === 'RENDER_FAILED' || failure?.type === 'OutputVerificationError';
  return clip.isDamaged && isFoundOut;
}

/** Sentence on whether this Resolve is reliable. @param lacking sentences on clips that weren't made */
export function verdictOf(results: readonly CaseResult[], lacking: readonly string[]): string {
  const resultOf = (wanted: CaseName) => results.find(({ name }) => name === wanted);
  const judged = resultOf('own') ?? resultOf('first') ?? resultOf('plain');
  const why = judged && faultOf(judged);
  const faults = results.flatMap((result) => {
    const fault = faultOf(result) ?? audioLossOf(result);
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
  const { verification, warnings, stderr, facts, failure, resolve_job: resolve } = outcome;
  const fault = faultOf(result);
  return {
    name,
    asked: ownPath === null ? clip : clip.request,
    fault,
    failed: failure && failure.message,
    seconds,
    likeness,
    verification,
    warnings,
    resolve,
    proxy: facts,
    // The call that failed or hung is at the end.
    stderr: fault !== null && stderr ? stderr.trim().split('\n').slice(-40) : [],
  };
}
