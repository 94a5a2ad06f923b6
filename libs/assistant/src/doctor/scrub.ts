import { homedir, hostname, userInfo } from 'node:os';

/** Absolute paths of any system, which may hold blanks and commas: rather too much of a sentence goes than a name stays. */
const PATHS: readonly RegExp[] = [
  /(?<=storage locations \().*(?=\) \(RENDER_PATH)/g,
  /(?<=^|[\s'"(=:])(?<!https:)(?:[A-Za-z]:)?[\\/](?=\S)(?:[^'"()]*[\\/])?.*?(?=[.,;:]?(?: \(|["')]|$)|[.,;:]\s)/g,
];

/**
 * A line of a report without names of people, hosts and paths, so that it can be sent to anybody. What FFmpeg, Python and Resolve write has
 * them wherever they like; failures whose sentence names a project are told by their facts, see `anonymous`.
 *
 * @param folders known paths, which may hold blanks; the longest first.
 */
export function scrub(text: string, folders: readonly string[]): string {
  const known = [...folders, orNone(homedir)].filter((folder) => folder.length > 1);
  let clean = known.reduce((rest, folder) => rest.replaceAll(folder, '<folder>'), text);
  for (const path of PATHS) clean = clean.replace(path, '<path>');
  const [host = ''] = hostname().split('.');
  return withoutNames(clean, [hostname(), host, orNone(() => userInfo().username)]);
}

/** A letter alone names nobody. */
export function withoutNames(text: string, names: readonly string[]): string {
  return names
    .filter((name) => name.length > 1)
    .reduce((rest, name) => rest.replace(wordOf(name), '<name>'), text);
}

/** A user that the system has no entry for, as in containers, has no name and may have no home. */
function orNone(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}

/** The name where it isn't part of another word, in any script. */
function wordOf(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu');
}
