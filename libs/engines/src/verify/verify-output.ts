import { isDeepStrictEqual } from 'node:util';
import type { VerificationCheck } from '@app/jobspec';
import { CONTENT_WORDS } from '../content/content-words.ts';
import type { MediaInfo } from '../media/index.ts';
import { shown, type Check } from './check.ts';
import { CHECKS } from './checks.ts';
import { MOVED_CLOCK } from './moved-clock.ts';
import { outputFacts, type OutputFacts, type RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/**
 * Compares a finished proxy with its plan.
 *
 * @param output What ffprobe says of the proxy, with the packets of its picture counted.
 * @returns Every check that applies; the proxy is good when all have passed.
 */
export function verifyOutput(
  plan: ProxyExpectation,
  output: MediaInfo,
  counts: RunCounts,
): VerificationCheck[] {
  const facts = outputFacts(output, counts);
  return CHECKS.flatMap((check) => runCheck(check, plan, facts));
}

/** Every check by its name, those of content last. */
export const CHECK_NAMES: readonly string[] = [
  ...CHECKS.map(({ name }) => name),
  ...Object.keys(CONTENT_WORDS),
];

/**
 * What is wrong with a proxy, as a sentence: `the proxy differs from its source: it has 216 frames, the source 240`.
 *
 * @param remedy for a source that has less than it promises, a sentence; where frames are missing between others, the check has its own.
 */
export function verificationFailure(
  checks: readonly VerificationCheck[],
  remedy: string | null = null,
): string | null {
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length === 0) return null;
  const causes = failed.filter(({ check }) => CAUSES.has(check));
  const reported = causes.length > 0 ? causes : failed;
  const differences = `the proxy differs from its source: ${reported.map(sentence).join('; ')}`;
  const isNeeded =
    reported.some(isShort) && !reported.some(({ check }) => check === 'unbroken_frames');
  return remedy !== null && isNeeded ? `${differences}. ${remedy}` : differences;
}

/** Where FFmpeg has moved the clock, or times are out of order, all else that fails follows from it. */
const CAUSES = new Set([MOVED_CLOCK.name, 'frames_in_order']);
const PROMISES = new Set(['frame_count', 'duration_seconds', 'container_duration_seconds']);

function isShort({ check: name, expected, actual }: VerificationCheck): boolean {
  return name === 'source' || (PROMISES.has(name) && Number(actual) < Number(expected));
}

/** A check that isn't of the proxy says its own words. */
function sentence({ check: name, expected, actual }: VerificationCheck): string {
  const says = CHECKS.find((one) => one.name === name)?.says ?? CONTENT_WORDS[name];
  return says
    ? says(expected as never, actual as never)
    : `the ${name} is damaged: ${shown(actual)}`;
}

function runCheck(check: Check, plan: ProxyExpectation, facts: OutputFacts): VerificationCheck[] {
  const expected = check.expected(plan, facts);
  if (expected === undefined) return [];
  const actual = check.actual(facts, plan) ?? null;
  const agrees = check.agrees ?? isDeepStrictEqual;
  const passed = agrees(expected as never, actual as never, plan, facts);
  return [{ check: check.name, expected, actual, passed }];
}
