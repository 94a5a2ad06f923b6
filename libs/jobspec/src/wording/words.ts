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

/** Control characters, line separators, marks that take no room, and what turns the direction of a text. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/**
 * Quotes a name for a log line or a sentence. File names may hold newlines, escape sequences or direction overrides;
 * quoted, they stay on their line and show what they are.
 */
export function printable(name: string): string {
  return withoutControls(JSON.stringify(name));
}

/** A line as a terminal may have it: what would move its cursor or change its colours is shown as an escape, `\n` or `\u001b`. */
export function withoutControls(line: string): string {
  return line.replaceAll(UNPRINTABLE, (character) => {
    const inJson = JSON.stringify(character).slice(1, -1);
    return inJson === character
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : inJson;
  });
}

/** Writes an instant as results do: UTC, milliseconds, numeric offset (`2025-12-28T12:00:05.123+00:00`). */
export function timestamp(instant: Date): string {
  return instant.toISOString().replace('Z', '+00:00');
}
