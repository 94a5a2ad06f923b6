export { contractViolation } from './contract/contract-violation.ts';
export { JOBSPEC_FIELDS } from './contract/fields.ts';
export { jobSpecSchema } from './contract/jobspec-schema.ts';
export { CDL_LIMITS } from './fields/viewing.ts';
export { parseJobSpec } from './contract/parse-job-spec.ts';
export * from './failure/causes.ts';
export * from './failure/failure-types.ts';
export * from './failure/proxy-causes.ts';
export * from './failure/findings.ts';
export * from './failure/job-failure.ts';
export type { Violation } from './failure/cause.ts';
export { foldedName } from './naming/name-violations.ts';
export { burnInValues, outputNames } from './naming/output-names.ts';
export { isObject, jsonIn } from './json/narrow.ts';
export { withMappedPaths, readJob, type JobReading } from './contract/job-reading.ts';
export { enumerated, shown } from './wording/shown.ts';
export { counted, listed, printable, timestamp, withoutControls } from './wording/words.ts';
export {
  brokenFfmpeg,
  ENGINE_TITLES,
  FFMPEG_NOT_FOUND,
  STOP_PREFERENCE,
} from './wording/messages.ts';
export { isSameJob } from './folder/job-id.ts';
export { resultSchema } from './result/result-schema.ts';
export { requestedOf, requestedProxy } from './result/requested.ts';
export { clipViewing, type ClipViewing } from './result/looks.ts';
export * from './result/check-names.ts';
export * from './result/facts.ts';
export * from './result/result.ts';
export { JobSpec, type JobSpecField } from './vocabulary/job-spec.ts';
export * from './vocabulary/viewing.ts';
export * from './vocabulary/vocabulary.ts';
