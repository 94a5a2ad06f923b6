/**
 * Exports of `watch-folder-runner/jobspec`: types of the contract and the result, and functions that check them. Free of Nest.
 */
export { jobSpecSchema } from './contract/jobspec-schema.ts';
export { parseJobSpec } from './contract/parse-job-spec.ts';
export { readJob, type JobReading } from './contract/job-reading.ts';
export { FAILURE_TYPES, type FailureType } from './failure/failure-types.ts';
export { JobFailure } from './failure/job-failure.ts';
export type { Violation } from './failure/cause.ts';
export { outputNames } from './naming/output-names.ts';
export { resultSchema } from './result/result-schema.ts';
export * from './result/result.ts';
export type { JobSpec, JobSpecInput } from './vocabulary/job-spec.ts';
export * from './vocabulary/vocabulary.ts';
