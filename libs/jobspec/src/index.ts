export { contractViolation } from './contract/contract-violation.ts';
export { JOBSPEC_FIELDS } from './contract/fields.ts';
export { jobSpecSchema } from './contract/jobspec-schema.ts';
export { CDL_LIMITS } from './fields/viewing.ts';
export { parseJobSpec } from './contract/parse-job-spec.ts';
export { causeKeyOf } from './failure/cause-key.ts';
export { adviceOf, type Advice } from './failure/advice.ts';
export {
  CAUSE_CODES,
  causeRow,
  CAUSES,
  type ArgumentsOf,
  type CauseCode,
} from './failure/causes.ts';
export * from './failure/failure-types.ts';
export type { EndingCause } from './failure/ending-causes.ts';
export { DIFFERENCE_CAUSES, type DifferenceCause } from './failure/proxy-causes.ts';
export * from './failure/findings.ts';
export * from './failure/job-failure.ts';
export { boundedReason } from './failure/reason.ts';
export type { Violation } from './failure/violation.ts';
export { foldedName } from './naming/folded-name.ts';
export { burnInValues, outputNames } from './naming/output-names.ts';
export { isObject } from './json/narrow.ts';
export { withMappedPaths } from './contract/mapped-reading.ts';
export { readJob, type JobReading } from './contract/job-reading.ts';
export { enumerated, shown } from './wording/shown.ts';
export { brokenFfmpeg, ENGINE_TITLES, FFMPEG_NOT_FOUND } from './wording/engine-words.ts';
export { isSameJob } from './reading/same-job.ts';
export { resultSchema } from './result/result-schema.ts';
export { clipViewing, type ClipViewing } from './result/clip-viewing.ts';
export * from './result/check-names.ts';
export type * from './result/facts.ts';
export { requestedOf, requestedProxy } from './result/requested.ts';
export * from './result/result.ts';
export { JobSpec, type JobSpecField } from './vocabulary/job-spec.ts';
export * from './vocabulary/viewing.ts';
export * from './vocabulary/vocabulary.ts';
