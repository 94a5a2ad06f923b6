import { failureStatusOf, type FailureType } from './failure-types.ts';
import { boundedReason, boundedSentence } from './reason.ts';
import type { Violation } from './violation.ts';

/**
 * The one error that decides a job: a failure type of the closed list and sentences for people, whose length is bounded
 * here. A list of what is wrong belongs in the violations.
 * Anything else that is thrown while a job runs is a defect of ours and becomes `InternalError`.
 */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly type: FailureType;
  /** The broken rules, for a contract violation; otherwise the paths that are to blame. */
  readonly violations: readonly Violation[];

  constructor(
    type: FailureType,
    reason: string,
    options: { violations?: readonly Violation[]; cause?: unknown } = {},
  ) {
    super(boundedReason(reason), { cause: options.cause });
    this.type = type;
    this.violations = (options.violations ?? []).map((violation) =>
      Object.assign({}, violation, { message: boundedSentence(violation.message) }),
    );
  }

  /** `PARTIAL` when validation refused the job, `FAILED` when work had begun. */
  get finalStatus(): 'PARTIAL' | 'FAILED' {
    return failureStatusOf(this.type);
  }
}
