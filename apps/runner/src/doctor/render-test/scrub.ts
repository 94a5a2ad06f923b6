import { homedir, hostname, userInfo } from 'node:os';

const PROJECT = '<project>';
/** The sentences that name a project, which may be anybody's. */
const PROJECT_SENTENCES: readonly RegExp[] = [
  /(?<=\bprojects? ).+?(?= (?:is open in|has something in it)\b)/g,
  /(?<=is rendering the project ).+?(?=\.?$|\. Submit the job)/g,
];
/** Absolute paths of any system, which may hold blanks and commas: rather too much of a sentence goes than a name stays. */
const PATHS: readonly RegExp[] = [
  /(?<=storage locations \().*(?=\) \(RENDER_PATH)/g,
  /(?<=^|[\s'"(=:])(?:[A-Za-z]:)?[\\/](?=\S)(?:[^'"()]*[\\/])?.*?(?=[.,;:]?(?: \(|["')]|$)|[.,;:]\s)/g,
];

/**
 * A sentence without names of projects, people, hosts and paths, so that it can be sent to anybody.
 *
 * @param folders known paths, which may hold blanks; the longest first.
 */
export function scrub(text: string, folders: readonly string[]): string {
  const known = [...folders, homedir()].filter((folder) => folder.length > 1);
  let clean = known.reduce((rest, folder) => rest.replaceAll(folder, '<folder>'), text);
  for (const sentence of PROJECT_SENTENCES) clean = clean.replace(sentence, PROJECT);
  for (const path of PATHS) clean = clean.replace(path, '<path>');
  const [host = ''] = hostname().split('.');
  for (const name of [hostname(), host, userInfo().username])
    if (name.length > 1) clean = clean.replace(wordOf(name), '<name>');
  return clean;
}

/** The name where it isn't part of another word, in any script. */
function wordOf(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu');
}
