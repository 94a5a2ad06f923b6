/** The watch-folder protocol: what a runner and whoever reads its folder must agree on. Free of decorators. */
export { jobIdOf } from './folder/job-id.ts';
export * from './folder/job-name.ts';
export * from './json/narrow.ts';
export * from './json/pieces.ts';
export * from './json/spans.ts';
export * from './folder/follower-status.ts';
export * from './folder/own-names.ts';
export { readRunnerStatus } from './folder/read-runner-status.ts';
export * from './folder/runner-status.ts';
export * from './folder/states.ts';
export { outputNames } from './naming/output-names.ts';
export {
  MAX_JOBSPEC_BYTES,
  MAX_LISTED_VIOLATIONS,
  MAX_RESULT_BYTES,
  MAX_SOURCES,
  MAX_STATUS_BYTES,
} from './vocabulary/limits.ts';
