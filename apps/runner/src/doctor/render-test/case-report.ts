import type { ClipOutcome } from '@app/engines';
import type { ResolveJob } from '@app/jobspec';
import { LEAST_LIKENESS } from './picture-likeness.ts';
import { titleOf, type RenderCase } from './render-cases.ts';

/** What came of one clip of the test. */
export interface CaseResult {
  clip: RenderCase;
  outcome: ClipOutcome;
  /** Of the pictures; `null` when there was nothing to compare. */
  likeness: number | null;
  seconds: number;
}

/** What Resolve's account of a clip says without naming anything. */
const CLIP_FACTS = ['Resolution', 'FPS', 'Frames', 'Start TC', 'Drop frame', 'Audio Ch', 'PAR'];

/** Why a case isn't as it was asked for; `null` when it is. A loss of sound that is known to happen is none. */
export function faultOf({ outcome, likeness }: CaseResult): string | null {
  if (outcome.failure !== null) return outcome.failure.message;
  if (likeness === null) return "FFmpeg can't compare its picture with the clip's";
  if (likeness < LEAST_LIKENESS) return `the picture is not the clip's (likeness ${likeness})`;
  return null;
}

/** Lines for a report, without names but as far as sentences of Resolve and the system hold some. */
export function caseLines(number: number, result: CaseResult): string[] {
  const { clip, outcome, likeness, seconds } = result;
  const fault = faultOf(result);
  const verdict = fault === null ? `as asked, likeness ${likeness}` : `NOT as asked: ${fault}`;
  const job = outcome.resolve_job;
  return [
    `${number}. ${titleOf(clip)}: ${verdict} (${seconds.toFixed(1)} s)`,
    ...outcome.verification
      .filter(({ passed }) => !passed)
      .map(
        ({ check, expected, actual }) =>
          `failed check: ${check} ${word(actual)}, expected ${word(expected)}`,
      ),
    ...outcome.warnings.map((warning) => `warning: ${warning}`),
    ...(job === undefined ? [] : jobLines(job)),
  ].map((line, index) => (index === 0 ? line : `   ${line}`));
}

function jobLines(job: ResolveJob): string[] {
  const { clip, sound, refused_settings, project_settings, queued, observed, codec } = job;
  const facts = CLIP_FACTS.flatMap((key) =>
    clip?.[key] === undefined ? [] : [`${key} ${word(clip[key])}`],
  );
  const kept = Object.entries(project_settings).map(
    ([key, { set, read, answer }]) => `${key} ${set}${answer ? '' : ' (said no)'} -> ${word(read)}`,
  );
  return [
    `the clip by Resolve: ${facts.join(', ') || 'nothing'}`,
    `sound: ${sound === null ? 'none' : `tracks of ${sound.proxy_tracks.join(' + ') || 'none'} channels`}`,
    `codec: ${codec ?? 'none'}; queued: ${pairs(queued)}`,
    `refused: ${refused_settings.join(', ') || 'nothing'}`,
    `project: ${kept.join(', ') || 'nothing'}`,
    `observed: ${pairs(observed)}`,
  ];
}

function pairs(facts: Readonly<Record<string, unknown>>): string {
  return (
    Object.entries(facts)
      .map(([key, value]) => `${key} ${word(value)}`)
      .join(', ') || 'nothing'
  );
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
