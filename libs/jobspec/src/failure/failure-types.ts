interface Facts {
  /**
   * `before`: validation refuses the job, nothing was started, and it ends `PARTIAL`. `during`: work had begun, and it ends
   * `FAILED`. `either`: validation looks for it, and it may still appear while a clip is made.
   */
  readonly found: 'before' | 'during' | 'either';
  /** Found by validation, its result lists every broken rule, or every path that is to blame. */
  readonly listsViolations?: true;
}

/** Every way in which a job can fail. The list is closed; a retired name is never used again. */
export const FAILURES = {
  InvalidJsonError: { found: 'before', listsViolations: true },
  JobSpecValidationError: { found: 'before', listsViolations: true },
  MissingSourcesError: { found: 'before', listsViolations: true },
  UnsupportedFormatError: { found: 'before', listsViolations: true },
  MixedEngineError: { found: 'before', listsViolations: true },
  OutputDirectoryError: { found: 'either' },
  OutputCollisionError: { found: 'either', listsViolations: true },
  PathNotAllowedError: { found: 'before', listsViolations: true },
  EngineUnavailableError: { found: 'during' },
  EngineError: { found: 'during' },
  EngineStalledError: { found: 'during' },
  OutputMissingError: { found: 'during' },
  OutputVerificationError: { found: 'during' },
  SourceChangedError: { found: 'during' },
  RunnerInterrupted: { found: 'during' },
  InternalError: { found: 'during' },
} as const satisfies Record<string, Facts>;

export type FailureType = keyof typeof FAILURES;
export const FAILURE_TYPES = Object.keys(FAILURES) as readonly FailureType[];

const where = (holds: (facts: Facts) => boolean) =>
  FAILURE_TYPES.filter((type) => holds(FAILURES[type]));

/** Found by validation, or only while a clip is made: the job is `FAILED` then. */
export const FOUND_LATE = where(({ found }) => found === 'either');

/** Failures that list violations when validation finds them; all others have an empty list. */
export const WITH_VIOLATIONS = where(({ listsViolations }) => listsViolations === true);

/** How a job ends that fails before a clip was started. */
export const failureStatusOf = (type: FailureType): 'PARTIAL' | 'FAILED' =>
  FAILURES[type].found === 'during' ? 'FAILED' : 'PARTIAL';

/** The failures with which a job can end in this status. */
export const failureTypesOf = (status: 'PARTIAL' | 'FAILED'): readonly FailureType[] =>
  FAILURE_TYPES.filter((type) => failureStatusOf(type) === status || FOUND_LATE.includes(type));
