/** The result file as data, and its reader. Free of decorators, so that any program can import it. */
export { adviceOf, type Advice } from './failure/advice.ts';
export { causeKeyOf } from './failure/cause-key.ts';
export * from './failure/failure-types.ts';
export type { Violation } from './failure/violation.ts';
export { clipViewing, type ClipViewing } from './result/clip-viewing.ts';
export * from './result/check-names.ts';
export type * from './result/facts.ts';
export { readRequested } from './result/read-facts.ts';
export * from './result/read.ts';
export * from './result/result.ts';
export { ENGINES, type EngineName } from './vocabulary/vocabulary.ts';
export { CONTRACT_VIOLATION } from './wording/contract-violation-prefix.ts';
