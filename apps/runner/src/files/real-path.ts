import { realpath } from './bounded-fs.ts';
import { isAbsolute, parse, relative, sep } from 'node:path';
import { errorCode } from './system-error.ts';

/** What no system has a longer path than; nothing opens one. */
export const LONGEST_PATH = 32_767;

/** A path of a JobSpec: as it is written there, for sentences, and as it is checked and used. */
export interface RealPath {
  named: string;
  /** Without symbolic links, as far as the path leads somewhere. */
  real: string;
  /**
   * Why it can't be told where the path leads, such as a loop of links. Then it is not used at all: the same place may be
   * reached by a part of the path, through a link that nobody has looked at.
   */
  fault?: Error;
}

/**
 * Makes a path real. What leads nowhere keeps its last names: a root that isn't mounted must not become its parent.
 *
 * @param path absolute, without `..`.
 */
export async function realPathOf(path: string): Promise<RealPath> {
  if (path.length > LONGEST_PATH) return { named: path, real: path, fault: tooLong() };
  try {
    return { named: path, real: (await realOrNull(path)) ?? (await realStart(path)) };
  } catch (error) {
    if (!(error instanceof Error) || errorCode(error) === undefined) throw error;
    return { named: path, real: path, fault: error };
  }
}

/**
 * The longest part that exists is searched for from the root in steps that double, then by halves: a hostile path has
 * thousands of parts.
 */
async function realStart(path: string): Promise<string> {
  const { root } = parse(path);
  const ends = endsOfParts(path, root.length);
  let [real, there, gone, step] = [root, 0, ends.length - 1, 1];
  while (gone - there > 1) {
    const next = there + Math.min(step, Math.floor((gone - there) / 2));
    const found = await realOrNull(path.slice(0, ends[next]));
    if (found === null) gone = next;
    else [real, there] = [found, next];
    step *= 2;
  }
  // What `join` returns holds a piece of each part: with ten thousand deep paths, hundreds of megabytes.
  return real + path.slice(ends[there]);
}

/** Where the root and each part after it end. Parts of their own would be millions of strings. */
function endsOfParts(path: string, rootLength: number): number[] {
  const ends = [rootLength];
  for (let at = path.indexOf(sep, rootLength); at >= 0; at = path.indexOf(sep, at + 1))
    ends.push(at);
  return [...ends, path.length];
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

/** `null` for a path that leads nowhere. @throws the system's error when that can't be told. */
async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

function tooLong(): Error {
  return Object.assign(new Error('ENAMETOOLONG: name too long'), { code: 'ENAMETOOLONG' });
}
