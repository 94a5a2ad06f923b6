import { enumerated, JobFailure } from '@app/jobspec';
import { contains, type RealPath, realPathsOf } from '../files/index.ts';

/** Paths of one field of a JobSpec: those that it holds, and those of what belongs to a source. */
export interface FieldPaths {
  /** As in a violation: `sources[1]`. */
  field: string;
  paths: readonly RealPath[];
}

/**
 * Checks that real paths lie under one of the allowed roots, whose links are resolved too. No roots: all allowed.
 *
 * @param role what the paths are, for the sentence: `Source` or `Output directory`.
 * @throws JobFailure `PathNotAllowedError` naming every path outside, with a violation for each field.
 */
export async function checkAllowed(
  role: string,
  fields: readonly FieldPaths[],
  roots: readonly string[],
): Promise<void> {
  if (roots.length === 0) return;
  const realRoots = await realPathsOf(roots);
  const isOutside = ({ real }: RealPath) => !realRoots.some((root) => contains(root.real, real));
  const outside = fields
    .map(({ field, paths }) => ({
      field,
      names: paths.filter(isOutside).map(({ named }) => named),
    }))
    .filter(({ names }) => names.length > 0);
  if (outside.length === 0) return;
  const problem = `${role} outside the allowed roots`;
  throw new JobFailure(
    'PathNotAllowedError',
    `${problem} (${roots.join(', ')}): ${outside.flatMap(({ names }) => names).join(', ')}`,
    {
      violations: outside.map(({ field, names }) => ({
        path: field,
        message: `${problem}: ${enumerated(names)}`,
      })),
    },
  );
}
