/** Maximum size of a JobSpec file in bytes: 8 MiB. */
export const MAX_JOBSPEC_BYTES = 8 * 1024 * 1024;

/**
 * Maximum size of a result file that is read, in bytes: a result of 10,000 clips, the most that a job may have, takes
 * about half of that.
 */
export const MAX_RESULT_BYTES = 64 * 1024 * 1024;

/** Maximum size of a status file that is read, in bytes. */
export const MAX_STATUS_BYTES = 1024 * 1024;

/** Maximum nesting of objects and arrays; the contract itself needs two levels. */
export const MAX_NESTING = 32;

export const MAX_SOURCES = 10_000;

/**
 * Bounds of both sides of `WIDTHxHEIGHT`, in pixels: below 16 encoders fail, 16,384 is the largest frame that H.264 can carry.
 */
export const MIN_SIDE = 16;
export const MAX_SIDE = 16_384;

/** Maximum length of a naming template in characters: twice the limit of a file name, which leaves room for every token. */
export const MAX_TEMPLATE_LENGTH = 512;

/** Maximum length of a file name in bytes of UTF-8, as common file systems allow. */
export const MAX_NAME_BYTES = 255;

/** Maximum length of a `failure_reason`, in UTF-16 code units. */
export const MAX_REASON_LENGTH = 500;

/** Maximum length of a violation's sentence, in UTF-16 code units. */
export const MAX_SENTENCE_LENGTH = 1000;

/** Maximum number of violations in a result, so that it can be read and written whatever was submitted. */
export const MAX_LISTED_VIOLATIONS = 10_000;

/** Maximum length of `$schema`, in characters. */
export const MAX_SCHEMA_LENGTH = 2048;

export const JOB_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Maximum length of a burnt-in text, in characters. */
export const MAX_BURN_IN_LENGTH = 64;
