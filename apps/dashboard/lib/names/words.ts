/** Names compare without regard to case, and to how a file system composes accents. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What a search looks for: its words, in any order. Phones put a space behind what they complete. */
export function wordsOf(q: string): string[] {
  return [...new Set(folded(q).split(/\s+/u))].filter((word) => word !== '');
}

/** Full-text search finds parts of three characters and more. */
export const WORD_LENGTH = 3;

/** The words as FTS5 asks for them; `null` when all are too short. */
export function matchOf(words: readonly string[]): string | null {
  const terms = words.flatMap(termsOf).filter((term) => lengthOf(term) >= WORD_LENGTH);
  return terms.length === 0
    ? null
    : terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' ');
}

/** In characters, as FTS5 counts them. */
export function lengthOf(word: string): number {
  return Array.from(word).length;
}

/** A path of several parts is looked for as its folder, and as its name with the last part of that. */
function termsOf(word: string): string[] {
  const { dir, name } = splitPath(word);
  const last = lastFolderOf(dir);
  return last === dir || name === '' ? [word] : [dir, last + name];
}

/** `A001/` of `/media/day01/A001/`. */
export function lastFolderOf(dir: string): string {
  const above = dir.slice(0, -1);
  return dir.slice(Math.max(above.lastIndexOf('/'), above.lastIndexOf('\\')) + 1);
}

/** A path as folder and name, whichever way its slashes lean. */
export function splitPath(path: string): { dir: string; name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return { dir: path.slice(0, at), name: path.slice(at) };
}

/** A number that stands for a path: another path hardly ever has the same. */
export function hashOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
  }
  return (high >>> 0) * 2 ** 20 + ((low >>> 0) & 0xfffff);
}
