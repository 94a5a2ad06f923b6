import type { DifferenceCause, HeaderCheck, VerificationCheck } from '@app/jobspec';
import type { OutputFacts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

type Tolerance = NonNullable<VerificationCheck['tolerance']>;

/** One comparison of a proxy with its plan: of one type of value, or of two that are told differently. */
interface CheckOf<T, A> {
  name: HeaderCheck;
  /** What the output must be; `undefined` when the check doesn't apply to this plan. */
  expected: (plan: ProxyExpectation, facts: OutputFacts) => T | undefined;
  actual: (facts: OutputFacts, plan: ProxyExpectation) => A | null;
  /** What is wrong when the two differ, as a part of a sentence about the proxy. */
  says: (expected: T, actual: A | null) => string;
  /** What a proxy that fails it fails for; `output_differs`, unless said. */
  blames?: (expected: T, actual: A | null) => DifferenceCause;
  /** What to do, in a sentence, where it hangs on what was found. */
  remedy?: (expected: T, actual: A | null) => string;
  /** By how much the two may differ: numbers, or lists of them by their places. In the unit of their name. */
  tolerance?: (plan: ProxyExpectation, facts: OutputFacts, expected: T) => Tolerance | undefined;
  /** Equality of the two as JSON, or two numbers within the tolerance, unless said otherwise. */
  agrees?: (expected: T, actual: A | null, plan: ProxyExpectation, facts: OutputFacts) => boolean;
}

/** A check of any type of value. */
export interface Check extends Omit<CheckOf<never, never>, 'expected' | 'actual'> {
  expected: (plan: ProxyExpectation, facts: OutputFacts) => unknown;
  actual: (facts: OutputFacts, plan: ProxyExpectation) => unknown;
}

/** A check whose parts fit each other. */
export function check<T, A = T>(definition: CheckOf<T, A>): Check {
  return definition;
}

/** Where a header promises more than was found. */
export function blamesShort(expected: number, actual: number | null): DifferenceCause {
  return actual !== null && actual < expected ? 'source_short' : 'output_differs';
}

/** For checks of one fact with a name, for example `its size is 640x360 and should be 1280x720`. */
export function differs(fact: string): (expected: unknown, actual: unknown) => string {
  return (expected, actual) => `its ${fact} is ${shown(actual)} and should be ${shown(expected)}`;
}

/** For people: `none` for what is missing, lists without brackets. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value);
  if (!Array.isArray(value)) return `${value as string | number | boolean}`;
  return value.length === 0 ? 'none' : value.map((item) => shown(item)).join(', ');
}

/** True when both are numbers at most `tolerance` apart. */
export function within(tolerance: number, expected: number, actual: number | null): boolean {
  return actual !== null && Math.abs(expected - actual) <= tolerance;
}

/** To the millisecond. */
export function roundedSeconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
