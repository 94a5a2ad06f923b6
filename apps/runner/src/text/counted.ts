/** How many there are of something, as it is said: `1 clip`, `2 clips`, `2 proxies`. */
export function counted(count: number, word: string): string {
  if (count === 1) return `1 ${word}`;
  return `${count} ${word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`}`;
}

/** As many names as a line has. */
const MOST_NAMED = 4;

/** The first names of a list, and how many more there are. */
export function listed(names: readonly string[], count = names.length): string {
  const named = names.slice(0, MOST_NAMED);
  const rest = count - named.length;
  return named.join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}
