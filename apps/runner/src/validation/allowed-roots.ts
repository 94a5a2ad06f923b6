import { JobFailure } from '@app/jobspec';
import { contains, realPathsOf, type RealPath } from '../files/real-path.ts';

/**
 * Checks that real paths lie under one of the allowed roots, whose links are resolved too. No roots: all allowed.
 *
 * @param role what the paths are, for the sentence: `Source` or `Output directory`.
 * @throws JobFailure `PathNotAllowedError` naming every path outside.
 */
export async function checkAllowed(
  role: string,
  paths: readonly RealPath[],
  roots: readonly string[],
): Promise<void> {
  if (roots.length === 0) return;
  const realRoots = await realPathsOf(roots);
  const outside = paths.filter(({ real }) => !realRoots.some((root) => contains(root.real, real)));
  if (outside.length === 0) return;
  throw new JobFailure(
    'PathNotAllowedError',
    `${role} outside the allowed roots (${roots.join(', ')}): ${outside.map(({ named }) => named).join(', ')}`,
  );
}
