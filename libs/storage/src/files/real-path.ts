import { dirname, isAbsolute, parse, relative, sep } from 'node:path';
import { mapPath, type PathRule } from './path-map.ts';
import { realpath, stat } from './bounded-fs.ts';
import { errorCode, isAbsent } from './system-error.ts';
import { HeldEntry } from './held-folder.ts';
import { closing } from './closing.ts';

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

/** The longest part that leads somewhere, made real, and the rest as it is. */
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
    if (isAbsent(error)) return null;
    throw error;
  }
}

function tooLong(): Error {
  return Object.assign(new Error('ENAMETOOLONG: name too long'), { code: 'ENAMETOOLONG' });
}

let rules: readonly PathRule[] = [];

/** Says how paths of other machines are called here, before any file of theirs is read. */
export function usePathRules(given: readonly PathRule[]): void {
  rules = given;
}

/** A path of a JobSpec or a result as it is called here. */
export function mappedPath(path: string): string {
  return rules.length === 0 ? path : mapPath(rules, path);
}

/** The folders that something must lie in; where none are named, it may lie anywhere. */
export class Roots {
  static readonly anywhere = new Roots([], []);

  private constructor(
    /** As they were named. */
    readonly names: readonly string[],
    private readonly places: readonly string[],
  ) {}

  /** Their links are followed now, and no more. */
  static async of(names: readonly string[]): Promise<Roots> {
    const places: string[] = [];
    for (const name of names) {
      const { real } = await realPathOf(name);
      // On disks that ignore case the system may write it otherwise.
      places.push(real, await placeOf(real));
    }
    return new Roots(names, places);
  }

  /** @param place without links. */
  contain(place: string): boolean {
    return this.names.length === 0 || this.places.some((root) => contains(root, place));
  }

  /** Judges what is held, whatever its name was: what can't be placed is outside. */
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

/** Rights of everybody but the owner: to write, and to enter. */
const OTHERS_WRITE = 0o022;
const OTHERS_ENTER = 0o011;
/** Below a folder with this bit, only its owner and their own may rename and remove files. */
const STICKY = 0o1000;

/**
 * The nearest folder, from one up to its root, in which users other than this one may rename what isn't theirs, and so put another
 * folder in its place. What lies below a folder that they may not enter is out of their reach. Windows doesn't tell.
 *
 * @param path real.
 * @param roots above which folders don't count; none of them: all do.
 * @returns `null` when there is none.
 * @throws the system's error.
 */
export async function sharedFolder(
  path: string,
  roots: readonly RealPath[],
): Promise<string | null> {
  const user = process.geteuid?.();
  if (user === undefined) return null;
  const counts = (folder: string) =>
    roots.length === 0 || roots.some(({ real }) => contains(real, folder));
  let shared: string | null = null;
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    const isOthers = uid !== 0 && uid !== user;
    const isOpen = isOthers || ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0);
    if (!isOthers && (mode & OTHERS_ENTER) === 0) shared = null;
    else if (isOpen && counts(folder)) shared ??= folder;
    if (dirname(folder) === folder) return shared;
  }
}

/** What that means, in a sentence for people. */
export function sharedFolderWarning(folder: string): string {
  return `Other users may rename what is in ${folder}, and so lead a program that writes below it elsewhere. Set its sticky bit (chmod +t), or let only the runner's user write to it.`;
}
