/** C0 and C1 controls, direction overrides, line separators and marks that take no room. */
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/**
 * Quotes a name for a log line or a sentence. File names may hold newlines, escape sequences or direction overrides;
 * quoted, they stay on their line and show what they are.
 */
export function printable(name: string): string {
  return withoutControls(JSON.stringify(name));
}

/** A line as a terminal may have it: what would move its cursor or change its colours is shown as an escape. */
export function withoutControls(line: string): string {
  return line.replaceAll(
    CONTROLS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
