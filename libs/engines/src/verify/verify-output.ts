import { isDeepStrictEqual } from 'node:util';
import {
  DIFFERENCE_CAUSES,
  JobFailure,
  NO_FACTS,
  type ContentCheck,
  type DifferenceCause,
  type VerificationCheck,
  type HeaderCheck,
  type ProxyFacts,
} from '@app/jobspec';
import { CONTENT_CAUSES, CONTENT_WORDS } from '../content/content-words.ts';
import type { MediaInfo } from '../media/index.ts';
import {
  shown,
  within,
  type Check,
  outputFacts,
  type OutputFacts,
  type RunCounts,
  type ProxyExpectation,
} from './check.ts';
import { AUDIO_CHECKS } from './audio-checks.ts';
import { LENGTH_CHECKS } from './length-checks.ts';
import { MOVED_CLOCK, TIME_CHECKS } from './time-checks.ts';
import { COLOUR_CHECKS, FILE_CHECKS } from './header-checks.ts';

/** Every check of a proxy, in the order in which results list them. */
export const CHECKS: readonly Check[] = [
  ...FILE_CHECKS,
  ...LENGTH_CHECKS,
  ...TIME_CHECKS,
  MOVED_CLOCK,
  ...AUDIO_CHECKS,
  ...COLOUR_CHECKS,
];

/**
 * Compares a finished proxy with its plan.
 *
 * @param output ffprobe's description of the proxy, with its video packets counted.
 * @returns every check that applies; the proxy is good when all have passed.
 */
export function verifyOutput(
  plan: ProxyExpectation,
  output: MediaInfo,
  counts: RunCounts,
): VerificationCheck[] {
  const facts = outputFacts(output, counts);
  return CHECKS.flatMap((check) => runCheck(check, plan, facts));
}

/**
 * Failure of a proxy; `null` if all checks passed. Of several causes it names the one that explains the others: all other
 * differences follow if the source's times are wrong, or if the proxy lacks frames.
 *
 * @param rest sentence that says what to do if the source is complete though shorter than its header promises; `null` if FFmpeg
 * hasn't read the source: frames missing in the proxy need not be missing there.
 */
export function verificationFailure(
  checks: readonly VerificationCheck[],
  rest: string | null = null,
): JobFailure<DifferenceCause> | null {
  const failed = checks.filter(({ passed }) => !passed);
  const blamed = failed.map((check) => ({ check, blames: blamedFor(check) }));
  const cause = DIFFERENCES.find((one) => blamed.some(({ blames }) => blames === one));
  if (cause === undefined) return null;
  const own = blamed.filter(({ blames }) => blames === cause).map(({ check }) => check);
  const reported = EXPLAIN_ALL.has(cause) ? own : failed;
  return new JobFailure(cause === 'source_short' && rest === null ? 'output_differs' : cause, {
    checks: failed.map(({ check }) => check),
    difference: `the proxy differs from its source: ${reported.map(sentence).join('; ')}`,
    remedy: own.map(remedy).find(Boolean) ?? rest ?? '',
  });
}

const DIFFERENCES = Object.keys(DIFFERENCE_CAUSES) as DifferenceCause[];
const EXPLAIN_ALL = new Set<DifferenceCause>(['source_times', 'proxy_short']);

function find(name: string): Check | undefined {
  return CHECKS.find((check) => check.name === name);
}

/** Cause of a failed check of the proxy's header, of its content, or of the source itself. */
function blamedFor({ check: name, expected, actual }: VerificationCheck): DifferenceCause {
  const check = find(name);
  if (check) return check.blames?.(expected as never, actual as never) ?? 'output_differs';
  return isOfContent(name)
    ? CONTENT_CAUSES[name]
    : name === 'source'
      ? 'source_short'
      : 'output_differs';
}

function isOfContent(name: string): name is ContentCheck {
  return Object.hasOwn(CONTENT_WORDS, name);
}

function remedy({ check: name, expected, actual }: VerificationCheck): string {
  return find(name)?.remedy?.(expected as never, actual as never) ?? '';
}

function sentence({ check: name, expected, actual }: VerificationCheck): string {
  const says = find(name)?.says ?? (isOfContent(name) ? CONTENT_WORDS[name] : undefined);
  return says
    ? says(expected as never, actual as never)
    : `the ${name} is cut short or damaged: ${shown(actual)}`;
}

function runCheck(check: Check, plan: ProxyExpectation, facts: OutputFacts): VerificationCheck[] {
  const { expected, actual, tolerance, agrees } = check.compare(plan, facts);
  if (expected === undefined || expected === null) return [];
  const isNear =
    typeof tolerance === 'number'
      ? within(tolerance, expected as number, actual as number | null)
      : isDeepStrictEqual(expected, actual);
  const allowed = tolerance === undefined ? {} : { tolerance };
  return [{ check: check.name, expected, actual, ...allowed, passed: agrees ?? isNear }];
}

/** Facts of a clip whose proxy hasn't been read. */
export function plannedFacts({ timecode, source, declared }: ProxyExpectation): ProxyFacts {
  const frames = { ...NO_FACTS.frames, source: declared.frames };
  return { ...NO_FACTS, ...source, frames, timecode };
}

/** Facts of a clip by its proxy, as checks read it. */
export function proxyFacts(plan: ProxyExpectation, output: OutputFacts): ProxyFacts {
  const { video, tracks, frames, counts } = output;
  const { duplicatedFrames: repeated, droppedFrames: dropped } = counts;
  const read = (name: HeaderCheck) => (find(name)?.compare(plan, output).actual ?? null) as never;
  return {
    ...plan.source,
    frames: { source: read('frame_count'), made: frames, repeated, dropped },
    timecode: read('start_timecode'),
    reel: plan.source.reel ?? read('reel_name'),
    video_codec: video?.codecName ?? null,
    size: read('size'),
    frame_rate: read('frame_rate'),
    field_order: read('field_order'),
    audio_channels: tracks.map(({ channels }) => channels ?? 0),
    duration_seconds: read('duration_seconds'),
  };
}
