interface Facts {
  /** Title of a few words, for lists and filters. */
  readonly short: string;
  /** Person who can usually fix it; a cause may name another. */
  readonly who: Owner;
  /**
   * `before`: validation refuses the job, nothing was started, and it ends `PARTIAL`. `during`: work had begun, and it ends
   * `FAILED`. `either`: validation checks for it, and it may still occur while a clip is made.
   */
  readonly found: 'before' | 'during' | 'either';
}

/** Types of failures. The list is closed; a retired name is never used again. */
export const FAILURES = {
  InvalidJsonError: { short: 'Invalid JSON', who: 'author', found: 'before' },
  JobSpecValidationError: { short: 'Errors in the JobSpec', who: 'author', found: 'before' },
  MissingSourcesError: { short: 'Missing source', who: 'editor', found: 'before' },
  UnsupportedFormatError: { short: 'Unreadable clip', who: 'editor', found: 'before' },
  MixedEngineError: { short: 'Camera RAW mixed with other clips', who: 'author', found: 'before' },
  OutputDirectoryError: { short: 'Output folder unusable', who: 'engineer', found: 'either' },
  OutputCollisionError: { short: 'Output file exists', who: 'editor', found: 'either' },
  PathNotAllowedError: { short: 'Path not allowed', who: 'engineer', found: 'before' },
  EngineUnavailableError: { short: 'Engine unavailable', who: 'engineer', found: 'during' },
  EngineError: { short: 'Engine failed', who: 'engineer', found: 'during' },
  EngineStalledError: { short: 'Engine stalled', who: 'engineer', found: 'during' },
  OutputMissingError: { short: 'No output written', who: 'engineer', found: 'during' },
  OutputVerificationError: {
    short: 'Proxy doesn’t match source',
    who: 'editor',
    found: 'during',
  },
  SourceChangedError: { short: 'Source changed during the job', who: 'editor', found: 'during' },
  RunnerInterrupted: { short: 'Runner interrupted', who: 'editor', found: 'during' },
  InternalError: { short: 'Bug in the runner', who: 'engineer', found: 'during' },
} as const satisfies Record<string, Facts>;

export type FailureType = keyof typeof FAILURES;
export const FAILURE_TYPES = Object.keys(FAILURES) as readonly FailureType[];

/** Failures that validation may find, or that may occur only later, while a clip is made; the job is then `FAILED`. */
export const FOUND_LATE = FAILURE_TYPES.filter((type) => FAILURES[type].found === 'either');

/**
 * Failures that list violations (broken rules, or paths at fault) when validation finds them: those that only validation finds,
 * and existing outputs. All others have an empty list.
 */
export const WITH_VIOLATIONS = FAILURE_TYPES.filter(
  (type) => FAILURES[type].found === 'before' || type === 'OutputCollisionError',
);

/** Final status of a job that fails before its first clip was started. */
export const failureStatusOf = (type: FailureType): 'PARTIAL' | 'FAILED' =>
  FAILURES[type].found === 'during' ? 'FAILED' : 'PARTIAL';

/** Failures of jobs with this final status. */
export const failureTypesOf = (status: 'PARTIAL' | 'FAILED'): readonly FailureType[] =>
  FAILURE_TYPES.filter((type) => failureStatusOf(type) === status || FOUND_LATE.includes(type));

/** People who can fix a failure, by the names of their roles on set and in post. */
export const OWNERS = {
  author: 'Whoever wrote the JobSpec',
  editor: 'The assistant editor',
  engineer: 'The facility engineer',
} as const;

export type Owner = keyof typeof OWNERS;
