import { MAX_JOBSPEC_BYTES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { invalidJson, type TextPosition } from './invalid-json.ts';

/**
 * The text of a JobSpec file, without BOM.
 *
 * @throws {JobFailure} `InvalidJsonError` when the file is too large, is UTF-16 or is not UTF-8.
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > MAX_JOBSPEC_BYTES) throw invalidJson(say.tooLarge());
  if (isUtf16(bytes)) throw invalidJson(say.utf16());
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notUtf8(bytes, cause);
  }
}

/** JSON begins with an ASCII character, so in UTF-16 a BOM or a zero byte is among the first two. */
const isUtf16 = ([first, second]: Uint8Array) =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (first === 0) !== (second === 0);

/** What a lenient decoder replaces does not come out as it went in: the first such byte is the bad one. */
function notUtf8(bytes: Uint8Array, cause: unknown) {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const bad = new TextEncoder().encode(lenient).findIndex((byte, i) => byte !== bytes[i]);
  const before = new TextDecoder().decode(bytes.subarray(0, bad));
  return invalidJson(say.notUtf8(), placeAfter(before), cause);
}

function placeAfter(text: string): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g)) {
    line += 1;
    lineStart = index + lineBreak.length;
  }
  return { line, column: text.length - lineStart + 1 };
}
