import { isAbsolute, parse, relative, sep } from 'node:path';
import { mapPath, type PathRule } from './path-map.ts';
import { realpath } from './bounded-fs.ts';
import { errorCode, isAbsent } from './system-error.ts';
import { HeldEntry } from './open-directory.ts';
import { closing } from './closing.ts';

/** Longest path of any system. */
export const LONGEST_PATH = 32_767;

/** Path of a JobSpec: as it is written, for messages, and as it is checked and used. */
export interface RealPath {
  named: string;
  /** Path without symbolic links, as far as it exists. */
  real: string;
  /**
   * Error of resolving the path, such as a loop of links. The path must then not be used: a part of it may lead
   * somewhere through an unchecked link.
   */
  fault?: Error;
}

/**
 * Resolves a path. Missing components are kept: a root that isn't mounted must not become its parent.
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

/** Longest existing part of a path, resolved, with the rest appended. */
async function realStart(path: string): Promise<string> {
  let real = parse(path).root;
  for (let there = real.length; ;) {
    const next = path.indexOf(sep, there + 1);
    const found = next < 0 ? null : await realOrNull(path.slice(0, next));
    if (found === null) return real + path.slice(there);
    [real, there] = [found, next];
  }
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

/** True if a real path is the directory or inside it. */
export function contains(directory: string, path: string): boolean {
  const steps = relative(directory, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

/** `null` for a path that doesn't exist. @throws any other error of the system. */
async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function tooLong(): Error {
  return Object.assign(new Error('ENAMETOOLONG: name too long'), { code: 'ENAMETOOLONG' });
}

let rules: readonly PathRule[] = [];

/** Sets the rules that map paths of other machines; to be called before any JobSpec or result is read. */
export function usePathRules(given: readonly PathRule[]): void {
  rules = given;
}

/** Path on this machine for a path of a JobSpec or a result. */
export function mappedPath(path: string): string {
  return rules.length === 0 ? path : mapPath(rules, path);
}

/** Folders that paths must be inside. Without any, paths may be anywhere. */
export class Roots {
  static readonly anywhere = new Roots([], []);

  private constructor(
    /** Folders as configured. */
    readonly names: readonly string[],
    private readonly places: readonly string[],
  ) {}

  /** Resolves links of the folders once. */
  static async of(names: readonly string[]): Promise<Roots> {
    const places: string[] = [];
    for (const name of names) {
      const { real } = await realPathOf(name);
      // A disk that ignores case may report another spelling.
      places.push(real, await placeOf(real));
    }
    return new Roots(names, places);
  }

  /** @param place real path. */
  contain(place: string): boolean {
    return this.names.length === 0 || this.places.some((root) => contains(root, place));
  }

  /** Checks the place of a held entry, whatever its name was. An entry without a known place is outside. */
  async hold(entry: HeldEntry): Promise<boolean> {
    if (this.names.length === 0) return true;
    const place = await entry.place().catch(() => null);
    return place !== null && this.contain(place);
  }
}

async function placeOf(path: string): Promise<string> {
  const entry = await HeldEntry.open(path).catch(() => null);
  return entry === null ? path : closing(entry, () => entry.place().catch(() => path));
}
