/**
 * How a job ends, for every way it can fail. `PARTIAL` means that validation refused it and nothing was started.
 * The list is closed; a retired name is never used again.
 */
export const FAILURE_STATUS = {
  InvalidJsonError: 'PARTIAL',
  JobSpecValidationError: 'PARTIAL',
  MissingSourcesError: 'PARTIAL',
  UnsupportedFormatError: 'PARTIAL',
  MixedEngineError: 'PARTIAL',
  OutputDirectoryError: 'PARTIAL',
  OutputCollisionError: 'PARTIAL',
  PathNotAllowedError: 'PARTIAL',
  EngineUnavailableError: 'FAILED',
  EngineError: 'FAILED',
  EngineStalledError: 'FAILED',
  OutputMissingError: 'FAILED',
  OutputVerificationError: 'FAILED',
  SourceChangedError: 'FAILED',
  RunnerInterrupted: 'FAILED',
  InternalError: 'FAILED',
} as const satisfies Record<string, 'PARTIAL' | 'FAILED'>;

export type FailureType = keyof typeof FAILURE_STATUS;
export const FAILURE_TYPES = Object.keys(FAILURE_STATUS) as readonly FailureType[];

/** Found by validation, or only while a clip is made: the job is `FAILED` then. */
export const FOUND_LATE: readonly FailureType[] = ['OutputDirectoryError', 'OutputCollisionError'];
