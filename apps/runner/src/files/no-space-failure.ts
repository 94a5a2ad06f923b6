import { JobFailure } from '@app/jobspec';

/** No space left on an output filesystem: the clip fails, and no job is claimed until there is space again. */
export class NoSpaceFailure extends JobFailure<'no_space'> {
  constructor(
    /** A directory on the full filesystem. */
    readonly directory: string,
    options: { cause?: unknown } = {},
  ) {
    super('no_space', { directory }, options);
  }
}
