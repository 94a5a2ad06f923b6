const ASCII = /^[\0-\x7f]*$/u;
/** Accents of Latin, Greek and Cyrillic letters. */
const ACCENTS = /[\u0300-\u036f]/gu;

/** Names compare without regard to case and accents, which not every keyboard has. */
export function folded(text: string): string {
  const small = text.toLowerCase();
  if (ASCII.test(small)) return small;
  return small.normalize('NFD').replaceAll(ACCENTS, '').normalize('NFC').replaceAll('ß', 'ss');
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
