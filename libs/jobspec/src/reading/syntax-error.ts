import * as say from '../wording/messages.ts';

/** Nothing of the text is repeated: what is no JSON may be any file of the runner's user, and its first word a password. */
const SENTENCES = {
  word: 'what stands there is not a JSON value; strings and keys need double quotes',
  number: 'a number is incomplete',
  key: 'a key in double quotes is expected',
  value: 'a value is expected',
  colon: 'a colon is expected after the key',
  comma: 'a comma or the closing bracket is expected',
  end: 'nothing may follow the JSON object',
  comment: 'comments are not allowed',
  'open string': 'a string is not closed on its line',
  'unicode escape': '\\u must be followed by four hexadecimal digits',
  escape: "a backslash is followed by a character that JSON can't escape",
  'control character': 'a control character must be written as an escape such as \\n',
} as const;

/** What makes a text no JSON: a token that is none, or another one than is expected. */
export type Flaw = keyof typeof SENTENCES;

/**
 * Says what is wrong at a token. A text that ends within a token or before it should was cut off.
 *
 * @param isEnd the token is empty; `isLast`: nothing follows it.
 */
export function sentenceOf(flaw: Flaw, isEnd: boolean, isLast: boolean): string {
  const isCutOff = isEnd || flaw === 'open string' || flaw === 'number';
  return isLast && isCutOff ? say.endsTooEarly() : SENTENCES[flaw];
}
