/**
 * Quotes a name for a log line or a sentence. File names may hold newlines, escape sequences or direction overrides;
 * quoted, they stay on their line and show what they are.
 */
export function printable(name: string): string {
  const escaped = JSON.stringify(name).replaceAll(
    /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped;
}
