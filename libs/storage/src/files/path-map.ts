import { isAbsolute, sep } from 'node:path';

/** Rule that maps paths of another machine to paths here. */
export interface PathRule {
  /** Prefix as it is written. */
  from: string;
  /** Absolute path on this machine. */
  to: string;
}

/**
 * Parses `FROM=TO`. FROM may be a POSIX or a Windows absolute path; TO must be absolute here. Splits at the first `=`
 * that allows both.
 *
 * @returns `null` if the text isn't such a pair.
 */
export function readPathRule(text: string): PathRule | null {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    const [from, to] = [text.slice(0, at), text.slice(at + 1)];
    if (isRooted(from) && isAbsolute(to)) return { from, to };
  }
  return null;
}

/** True if a TO lies in any rule's FROM, or two rules have the same FROM: paths would be ambiguous. */
export function rulesClash(rules: readonly PathRule[]): boolean {
  return rules.some((first) =>
    rules.some(
      (second) =>
        restAfter(second.from, first.to) !== null ||
        (first !== second && restAfter(second.from, first.from)?.length === 0),
    ),
  );
}

/** Maps a path by the rule with the longest FROM, compared by whole parts. */
export function mapPath(rules: readonly PathRule[], path: string): string {
  let best: { rest: readonly string[]; to: string } | null = null;
  for (const { from, to } of rules) {
    const rest = restAfter(from, path);
    if (rest !== null && rest.length < (best?.rest.length ?? Infinity)) best = { rest, to };
  }
  if (best === null) return path;
  if (best.rest.length === 0) return best.to;
  // Not path.join: it would resolve `..`, which JobSpec validation must see and refuse.
  return [best.to.replace(/[\\/]+$/, ''), ...best.rest].join(sep);
}

/** Parts of a path below a folder; `null` if it isn't inside. */
function restAfter(folder: string, path: string): string[] | null {
  const isWindows = isWindowsPath(folder);
  const isRoot = isWindows ? isWindowsPath(path) : path.startsWith('/');
  if (!isRoot) return null;
  const [outer, inner] = [partsOf(folder, isWindows), partsOf(path, isWindows)];
  const isSame = (a: string, b: string | undefined) =>
    isWindows ? a.toLowerCase() === b?.toLowerCase() : a === b;
  if (!outer.every((part, index) => isSame(part, inner[index]))) return null;
  return inner.slice(outer.length);
}

function partsOf(path: string, isWindows: boolean): string[] {
  return path.split(isWindows ? /[\\/]+/ : /\/+/).filter((part) => part !== '');
}

function isRooted(path: string): boolean {
  return path.startsWith('/') || isWindowsPath(path);
}

/** True for `Z:\raid`, `Z:/raid`, `\\server\raid`. */
function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:(?:[\\/]|$)/.test(path) || path.startsWith('\\\\');
}
