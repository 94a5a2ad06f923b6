import { realpath } from './patient-fs.ts';
import { isAbsolute, join, parse, relative, sep } from 'node:path';
import { errorCode } from './system-error.ts';

/** A path of a JobSpec: as it is written there, for sentences, and as it is checked and used. */
export interface RealPath {
  named: string;
  /** Without symbolic links, as far as the path leads somewhere. */
  real: string;
}

/**
 * Makes a path real. What leads nowhere keeps its last names: a root that isn't mounted must not become its parent. The
 * longest part that exists is searched for by halves: a hostile path has thousands of parts.
 *
 * @param path absolute, without `..`.
 */
export async function realPathOf(path: string): Promise<RealPath> {
  const whole = await realOrNull(path);
  if (whole !== null) return { named: path, real: whole };
  const { root } = parse(path);
  const names = path.slice(root.length).split(sep);
  let [real, there, gone] = [root, 0, names.length];
  while (gone - there > 1) {
    const middle = Math.floor((there + gone) / 2);
    const found = await realOrNull(root + names.slice(0, middle).join(sep));
    if (found === null) gone = middle;
    else [real, there] = [found, middle];
  }
  return { named: path, real: join(real, ...names.slice(there)) };
}

export async function realPathsOf(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<RealPath[]> {
  const real: RealPath[] = [];
  for (const path of paths) {
    signal?.throwIfAborted();
    real.push(await realPathOf(path));
  }
  return real;
}

/** Whether a real path is this one or lies below it. */
export function contains(directory: string, path: string): boolean {
  const steps = relative(directory, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return null;
  }
}
