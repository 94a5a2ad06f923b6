interface Facts {
  /** What happened, in a few words: for lists and filters. */
  readonly short: string;
  /** Who can mostly do something about it; a cause knows better. */
  readonly who: Owner;
  /**
   * `before`: validation refuses the job, nothing was started, and it ends `PARTIAL`. `during`: work had begun, and it ends
   * `FAILED`. `either`: validation looks for it, and it may still appear while a clip is made.
   */
  readonly found: 'before' | 'during' | 'either';
}

/** Every way in which a job can fail. The list is closed; a retired name is never used again. */
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

/** Found by validation, or only while a clip is made: the job is `FAILED` then. */
export const FOUND_LATE = FAILURE_TYPES.filter((type) => FAILURES[type].found === 'either');

/**
 * Failures that list violations when validation finds them, every broken rule or every path that is to blame: what it alone finds, and
 * outputs that are there. All others have an empty list.
 */
export const WITH_VIOLATIONS = FAILURE_TYPES.filter(
  (type) => FAILURES[type].found === 'before' || type === 'OutputCollisionError',
);

/** How a job ends that fails before a clip was started. */
export const failureStatusOf = (type: FailureType): 'PARTIAL' | 'FAILED' =>
  FAILURES[type].found === 'during' ? 'FAILED' : 'PARTIAL';

/** The failures with which a job can end in this status. */
export const failureTypesOf = (status: 'PARTIAL' | 'FAILED'): readonly FailureType[] =>
  FAILURE_TYPES.filter((type) => failureStatusOf(type) === status || FOUND_LATE.includes(type));

/** Who can do something about a failure, by what people on set and in post call each other. */
export const OWNERS = {
  author: 'Whoever wrote the JobSpec',
  editor: 'The assistant editor',
  engineer: 'The facility engineer',
} as const;

export type Owner = keyof typeof OWNERS;
