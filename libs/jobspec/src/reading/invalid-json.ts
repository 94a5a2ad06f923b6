import { JobFailure } from '../failure/job-failure.ts';

/** Line and column, counted from 1; a column is one UTF-16 code unit, as in editors. */
export interface TextPosition {
  line: number;
  column: number;
}

/** A failure whose sentence ends with the place, which is also in its only violation. */
export function invalidJson(detail: string, place?: TextPosition, cause?: unknown): JobFailure {
  const violations = [{ path: '', message: detail, ...place }];
  return new JobFailure('invalid_json', { detail, ...place }, { violations, cause });
}
