import { mapPath, type PathRule } from '../config/path-map.ts';

let rules: readonly PathRule[] = [];

/** Says how paths of other machines are called here, before any file of theirs is read. */
export function usePathRules(given: readonly PathRule[]): void {
  rules = given;
}

/** A path of a JobSpec or a result as it is called here. */
export function mappedPath(path: string): string {
  return rules.length === 0 ? path : mapPath(rules, path);
}
