/** A JobSpec file may have this many bytes: 8 MiB. */
export const MAX_JOBSPEC_BYTES = 8 * 1024 * 1024;

/** A result file that is read, in bytes: one of 10,000 clips, the most that a job may have, takes about half of it. */
export const MAX_RESULT_BYTES = 64 * 1024 * 1024;

/** A status file that is read, in bytes. */
export const MAX_STATUS_BYTES = 1024 * 1024;

/** Objects and arrays inside one another; the contract itself needs two levels. */
export const MAX_NESTING = 32;

export const MAX_SOURCES = 10_000;

/** Both sides of `WIDTHxHEIGHT`, in pixels: below 16 encoders fail, 16,384 is the largest frame that H.264 can carry. */
export const MIN_SIDE = 16;
export const MAX_SIDE = 16_384;

/** A naming template, in characters: twice what its result may have leaves room for every token. */
export const MAX_TEMPLATE_LENGTH = 512;

/** The name of a file, in bytes of UTF-8: what common filesystems allow. */
export const MAX_NAME_BYTES = 255;

/** A `failure_reason`, in UTF-16 code units. */
export const MAX_REASON_LENGTH = 500;

/** The sentence of a violation, in UTF-16 code units. */
export const MAX_SENTENCE_LENGTH = 1000;

/** A result stays readable and writable whatever was dropped: the list of violations ends here and says so. */
export const MAX_LISTED_VIOLATIONS = 10_000;

/** Characters of `$schema`. */
export const MAX_SCHEMA_LENGTH = 2048;

export const JOB_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Characters of a text that is burnt in. */
export const MAX_BURN_IN_LENGTH = 64;
