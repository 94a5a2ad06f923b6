/** Number with its noun: `1 clip`, `2 clips`, `2 proxies`. */
export function plural(count: number, word: string): string {
  if (count === 1) return `1 ${word}`;
  return `${count} ${word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`}`;
}

/** Maximum number of names in a line. */
const MOST_NAMED = 4;

/** First names of a list, and the number of others. */
export function listed(names: readonly string[], count = names.length): string {
  const named = names.slice(0, MOST_NAMED);
  const rest = count - named.length;
  return named.join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

/** Control characters, line separators, zero-width marks, and characters that change the direction of text. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

export function isUnprintable(text: string): boolean {
  return text.search(UNPRINTABLE) >= 0;
}

/**
 * Quotes a name for a log line or a sentence. File names may hold newlines, escape sequences or direction overrides; quoted,
 * they stay on their line and are visible.
 */
export function printable(name: string): string {
  return withoutControls(JSON.stringify(name));
}

/**
 * Makes a line safe for a terminal: characters that would move its cursor or change its colours become escapes such as `\n` or
 * `\u001b`.
 */
export function withoutControls(line: string): string {
  return line.replaceAll(UNPRINTABLE, (character) => {
    const inJson = JSON.stringify(character).slice(1, -1);
    return inJson === character
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : inJson;
  });
}

/** Formats a time as in results: UTC, milliseconds, numeric offset (`2025-12-28T12:00:05.123+00:00`). */
export function timestamp(instant: Date): string {
  return instant.toISOString().replace('Z', '+00:00');
}
