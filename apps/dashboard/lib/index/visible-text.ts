// Control characters but the line feed and tab, direction overrides and isolates, invisible spaces and separators.
// Joiners (U+200C, U+200D) stay: scripts and emoji are written with them.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\0-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;
const LINE_CONTROLS = /[\n\t]/gu;

/**
 * Text of unknown origin as it may be shown: what would be invisible, or would reorder its surroundings, is written out.
 * @param text in several lines, such as stderr
 */
export function visibleText(text: string): string {
  return text.replace(/\r\n/gu, '\n').replace(INVISIBLE, written);
}

/** The same for what belongs on one line, such as a file name. */
export function visibleLine(text: string): string {
  return text.replace(INVISIBLE, written).replace(LINE_CONTROLS, written);
}

// By their codes, with the names of ASCII. Unicode has pictures of them, and hardly a font has those.
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** `‹ESC›` for U+001B, `‹U+202E›` for what has no name as short. */
function written(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = code === 0x7f ? 'DEL' : CONTROLS[code];
  if (name !== undefined) return `‹${name}›`;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** About as long as the note that something is missing: what is no longer is shown instead. */
const NOTE_LENGTH = 30;

/** Shortens without cutting a character in two, and says how much is missing. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit + NOTE_LENGTH) return text;
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  const missing = (text.length - end).toLocaleString('en');
  return `${text.slice(0, end)}… (${missing} more characters)`;
}

/** Shortens a text where a sentence of its second half ends, or else after a word of that. */
export function clippedSentence(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const shown = text.slice(0, limit);
  const end = Math.max(...['. ', '! ', '? '].map((mark) => shown.lastIndexOf(mark))) + 1;
  const at = end > limit / 2 ? end : shown.lastIndexOf(' ');
  return at > limit / 2 ? `${shown.slice(0, at)} …` : clipped(text, limit);
}

/** Shortens every line of a text, and the text. */
export function clippedLines(text: string, lineLimit: number, limit: number): string {
  const lines = clipped(text, limit).split('\n');
  return lines.map((line) => clipped(line, lineLimit)).join('\n');
}
