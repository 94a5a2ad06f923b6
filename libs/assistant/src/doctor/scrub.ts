import { homedir, hostname, userInfo } from 'node:os';

/**
 * Absolute paths on any system, which may contain spaces and commas. Removing too much is better than leaving a name.
 */
const PATHS: readonly RegExp[] = [
  /(?<=storage locations \().*(?=\) \(RENDER_PATH)/g,
  /(?<=^|[\s'"(=:])(?<!https:)(?:[A-Za-z]:)?[\\/](?=\S)(?:[^'"()]*[\\/])?.*?(?=[.,;:]?(?: \(|["')]|$)|[.,;:]\s)/g,
];

/**
 * Removes names of people, hosts and paths from a line of a report, so that it can be shared. FFmpeg, Python and
 * Resolve print them anywhere. Failures that name a project go through `anonymous` instead.
 *
 * @param folders known paths, which may contain spaces; longest first
 */
export function scrub(text: string, folders: readonly string[]): string {
  const known = [...folders, orEmpty(homedir)].filter((folder) => folder.length > 1);
  let clean = known.reduce((rest, folder) => rest.replaceAll(folder, '<folder>'), text);
  for (const path of PATHS) clean = clean.replace(path, '<path>');
  const [host = ''] = hostname().split('.');
  return withoutNames(clean, [hostname(), host, orEmpty(() => userInfo().username)]);
}

/** Replaces names. A single letter identifies nobody. */
export function withoutNames(text: string, names: readonly string[]): string {
  return names
    .filter((name) => name.length > 1)
    .reduce((rest, name) => rest.replace(wordOf(name), '<name>'), text);
}

/** A user without an entry in the system, as in containers, has no name and maybe no home. */
function orEmpty(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}

/** Pattern of the name as a whole word, in any script. */
function wordOf(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu');
}
