import { printParseErrorCode, visit } from 'jsonc-parser';
import * as say from '../wording/messages.ts';
import { shown } from '../wording/shown.ts';
import type { Place } from './invalid-json.ts';

const SENTENCES: Readonly<Record<string, (found: string) => string>> = {
  InvalidSymbol: (found) => `${found} is no JSON value; strings and keys need double quotes`,
  InvalidNumberFormat: (found) => `${found} is no JSON number`,
  UnexpectedEndOfNumber: (found) => `the number ${found} is incomplete`,
  PropertyNameExpected: (found) => `a key in double quotes is expected, not ${found}`,
  ValueExpected: (found) => `a value is expected, not ${found}`,
  ColonExpected: (found) => `a colon is expected after the key, not ${found}`,
  CommaExpected: (found) => `a comma or the closing bracket is expected, not ${found}`,
  CloseBraceExpected: (found) => `a closing } is expected, not ${found}`,
  CloseBracketExpected: (found) => `a closing ] is expected, not ${found}`,
  EndOfFileExpected: (found) => `nothing may follow the JSON object, but ${found} does`,
  InvalidCommentToken: () => 'comments are not allowed',
  UnexpectedEndOfComment: () => 'comments are not allowed',
  UnexpectedEndOfString: () => 'a string is not closed on its line',
  InvalidUnicode: (found) => `\\u must be followed by four hexadecimal digits in ${found}`,
  InvalidEscapeCharacter: (found) =>
    `a backslash is followed by a character that JSON can't escape in ${found}`,
  InvalidCharacter: (found) =>
    `a control character must be written as an escape such as \\n in ${found}`,
};

/** What is wrong with a text that `JSON.parse` refused, and where. */
export function findSyntaxError(text: string): { message: string; place: Place } | undefined {
  let first: { message: string; place: Place } | undefined;
  visit(
    text,
    {
      onError(code, offset, length, line, column) {
        first ??= {
          message:
            offset + length >= text.length && isCutOff(printParseErrorCode(code), length)
              ? say.endsTooEarly()
              : sentence(printParseErrorCode(code), text.slice(offset, offset + length)),
          place: { line: line + 1, column: column + 1 },
        };
      },
    },
    { disallowComments: true },
  );
  return first;
}

const isCutOff = (code: string, length: number) => length === 0 || code.startsWith('UnexpectedEnd');

const sentence = (code: string, found: string) =>
  SENTENCES[code]?.(shown(found)) ?? `the text is not JSON at ${shown(found)}`;
