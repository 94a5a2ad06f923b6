import { homedir, hostname, userInfo } from 'node:os';

const PROJECT = '<project>';
/** The sentences that name a project, which may be anybody's. */
const PROJECT_SENTENCES: readonly RegExp[] = [
  /(?<=\bprojects? ).+?(?= (?:is open in|of an earlier run|may be left|which stays|: it exists|: a dialog|and doesn't open)\b)/g,
  /(?<=is rendering the project ).+?(?=\.)/g,
  /watch-folder-runner \S+ (?:parking|\d+-\d+-\d+(?:-\d+)?)/g,
];
/** An absolute path of any system, up to its first blank. */
const PATH = /(?<=^|[\s'"(=])(?:[A-Za-z]:)?[\\/][^\s'"),;]+/g;

/**
 * A sentence without names of projects, people, hosts and paths, so that it can be sent to anybody.
 *
 * @param folders known paths, which may hold blanks; the longest first.
 */
export function scrub(text: string, folders: readonly string[]): string {
  const known = [...folders, homedir()].filter((folder) => folder.length > 1);
  let clean = known.reduce((rest, folder) => rest.replaceAll(folder, '<folder>'), text);
  for (const sentence of PROJECT_SENTENCES) clean = clean.replace(sentence, PROJECT);
  clean = clean.replace(PATH, '<path>');
  for (const name of [hostname(), userInfo().username])
    if (name.length > 1) clean = clean.replace(new RegExp(`\\b${escaped(name)}\\b`, 'g'), '<name>');
  return clean;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
