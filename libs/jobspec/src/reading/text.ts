import { type ParseErrorCode, printParseErrorCode } from 'jsonc-parser';
import { MAX_JOBSPEC_BYTES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { JobFailure } from '../failure/job-failure.ts';

/**
 * Decodes the text of a JobSpec file, without BOM.
 *
 * @throws {JobFailure} `InvalidJsonError` if the file is too large, is not UTF-8, or has too long a run of blanks or
 * escapes.
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > MAX_JOBSPEC_BYTES) throw invalidJson(say.tooLarge());
  if (isUtf16(bytes)) throw invalidJson(say.utf16());
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalidJson(say.notUtf8(), undefined, cause);
  }
  for (const [run] of text.matchAll(RUN))
    if (run.length >= LONGEST_RUN) throw invalidJson(say.longRun());
  return text;
}

/** Run of blanks or escapes. The parser joins them one by one, which takes many times their size in memory. */
const RUN = /[ \t]{2,65536}|(?:\\.){2,65536}/g;
const LONGEST_RUN = 65_536;

/** JSON begins with an ASCII character, so in UTF-16 a BOM or a zero byte is among the first two. */
const isUtf16 = ([first, second]: Uint8Array) =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (first === 0) !== (second === 0);

/** Line and column, counted from 1; a column is one UTF-16 code unit, as in editors. */
export interface TextPosition {
  line: number;
  column: number;
}

/** Failure whose sentence ends with the position, which is also in its only violation. */
export function invalidJson(detail: string, place?: TextPosition, cause?: unknown): JobFailure {
  const violations = [{ path: '', message: detail, ...place }];
  return new JobFailure('invalid_json', { detail, ...place }, { violations, cause });
}

const NO_COMMA = 'a comma or the closing bracket is expected';

/**
 * Sentences for errors of the parser. They quote nothing from the text: it may be any file that the runner can read,
 * and its first word a password.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is not a JSON value; strings and keys need double quotes',
  InvalidNumberFormat: 'a number is incomplete',
  UnexpectedEndOfNumber: 'a number is incomplete',
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected after the key',
  CommaExpected: NO_COMMA,
  CloseBraceExpected: NO_COMMA,
  CloseBracketExpected: NO_COMMA,
  EndOfFileExpected: 'nothing may follow the JSON object',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'a string is not closed on its line',
  InvalidUnicode: '\\u must be followed by four hexadecimal digits',
  InvalidEscapeCharacter: "a backslash is followed by a character that JSON can't escape",
  InvalidCharacter: 'a control character must be written as an escape such as \\n',
};

const CUT_OFF = new Set(['UnexpectedEndOfString', 'UnexpectedEndOfNumber']);

/**
 * Sentence for an error at a token. A text that ends inside a token, or where one is expected, was cut off.
 *
 * @param length length of the token, in UTF-16 code units
 * @param isLast true if nothing follows it
 */
export function sentenceOf(error: ParseErrorCode, length: number, isLast: boolean): string {
  const flaw = printParseErrorCode(error);
  const isCutOff = isLast && (length === 0 || CUT_OFF.has(flaw));
  return isCutOff ? say.endsTooEarly() : (SENTENCES[flaw] ?? flaw);
}
