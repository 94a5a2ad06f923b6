import type { OutputFacts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/** One comparison of a proxy with its plan. */
export interface Check {
  name: string;
  /** What the output must be; `undefined` when the check doesn't apply to this plan. */
  expected: (plan: ProxyExpectation, facts: OutputFacts) => unknown;
  actual: (facts: OutputFacts, plan: ProxyExpectation) => unknown;
  /** Equality of the two as JSON, unless said otherwise. */
  agrees?: (expected: never, actual: never, plan: ProxyExpectation) => boolean;
}

/** A check of one type of value, so that its parts fit each other. */
export function check<T>(definition: {
  name: string;
  expected: (plan: ProxyExpectation, facts: OutputFacts) => T | undefined;
  actual: (facts: OutputFacts, plan: ProxyExpectation) => T | null;
  agrees?: (expected: T, actual: T | null, plan: ProxyExpectation) => boolean;
}): Check {
  return definition;
}

/** True when both are numbers at most `tolerance` apart. */
export function within(tolerance: number, expected: number, actual: number | null): boolean {
  return actual !== null && Math.abs(expected - actual) <= tolerance;
}
