/** Result file as data, and its reader. Free of decorators, so that any program can import it. */
export { adviceOf, type Advice, causeKeyOf } from './failure/causes.ts';
export * from './failure/failure-types.ts';
export type { Violation } from './failure/cause.ts';
export { clipViewing, type ClipViewing } from './result/looks.ts';
export * from './result/check-names.ts';
export * from './result/facts.ts';
export { readRequested } from './result/read-requested.ts';
export * from './result/read.ts';
export * from './result/result.ts';
export { ENGINES, type Codec, type Container, type EngineName } from './vocabulary/vocabulary.ts';
export { CONTRACT_VIOLATION } from './wording/messages.ts';
