import { enumerated, JobFailure } from '@app/jobspec';
import type { Roots } from '../files/index.ts';

/** What of one field of a JobSpec lies outside. */
export interface OutsideField {
  /** As in a violation: `sources[1]`. */
  field: string;
  /** Paths as people know them. */
  names: readonly string[];
}

/** @param role what the paths are, for the sentence: `Source` or `Output directory`. */
export function outsideRoots(
  role: string,
  roots: Roots,
  fields: readonly OutsideField[],
): JobFailure {
  const violations = fields.map(({ field, names }) => ({
    path: field,
    message: `${role} outside the allowed roots: ${enumerated(names)}`,
  }));
  const paths = fields.flatMap(({ names }) => names);
  return new JobFailure('outside_roots', { role, roots: roots.names, paths }, { violations });
}
