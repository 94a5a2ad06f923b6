import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { JobFailure } from '@app/jobspec';

/**
 * Checks that paths lie under one of the allowed roots, symbolic links resolved on both sides. No roots: all allowed.
 *
 * @param role what the paths are, for the sentence: `Source` or `Output directory`.
 * @throws JobFailure `PathNotAllowedError` naming every path outside.
 */
export async function checkAllowed(
  role: string,
  paths: readonly string[],
  roots: readonly string[],
): Promise<void> {
  if (roots.length === 0) return;
  const realRoots = await Promise.all(roots.map(resolveExisting));
  const outside: string[] = [];
  for (const path of paths) {
    const real = await resolveExisting(path);
    if (!realRoots.some((root) => contains(root, real))) outside.push(path);
  }
  if (outside.length > 0) {
    throw new JobFailure(
      'PathNotAllowedError',
      `${role} outside the allowed roots (${roots.join(', ')}): ${outside.join(', ')}`,
    );
  }
}

/** The real path. What leads nowhere keeps its last names: a root that isn't mounted must not become its parent. */
async function resolveExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path) throw error;
    return join(await resolveExisting(parent), basename(path));
  }
}

function contains(root: string, path: string): boolean {
  const steps = relative(root, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}
