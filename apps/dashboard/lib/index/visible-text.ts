// Control characters except line feed and tab, bidirectional controls, invisible spaces and separators.
// Joiners (U+200C, U+200D) stay: some scripts and emoji need them.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- matched on purpose
  /[\0-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;
const LINE_CONTROLS = /[\n\t]/gu;

/** Escapes invisible and reordering characters of untrusted multi-line text, such as stderr. */
export function visibleText(text: string): string {
  return text.replace(/\r\n/gu, '\n').replace(INVISIBLE, written);
}

/** Same for one line, such as a file name: line feeds and tabs are escaped too. */
export function visibleLine(text: string): string {
  return text.replace(INVISIBLE, written).replace(LINE_CONTROLS, written);
}

// ASCII names by code: few fonts have Unicode's control pictures.
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** `‹ESC›` for U+001B, `‹U+202E›` for characters without an ASCII name. */
function written(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = code === 0x7f ? 'DEL' : CONTROLS[code];
  if (name !== undefined) return `‹${name}›`;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** Approximate length of the note "(… more characters)": a shorter rest is shown instead. */
const NOTE_LENGTH = 30;

/** Truncates text between characters and appends the number of missing ones. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit + NOTE_LENGTH) return text;
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  const missing = (text.length - end).toLocaleString('en');
  return `${text.slice(0, end)}… (${missing} more characters)`;
}

/** Truncates text at the end of a sentence, or else of a word, in the second half of the limit. */
export function clippedSentence(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit);
  const end = Math.max(...['. ', '! ', '? '].map((mark) => head.lastIndexOf(mark))) + 1;
  const at = end > limit / 2 ? end : head.lastIndexOf(' ');
  return at > limit / 2 ? `${head.slice(0, at)} …` : clipped(text, limit);
}
