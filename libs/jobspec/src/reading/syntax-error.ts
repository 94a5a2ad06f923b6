import * as say from '../wording/messages.ts';
import { shown } from '../wording/shown.ts';

const SENTENCES = {
  word: (found: string) => `${found} is not a JSON value; strings and keys need double quotes`,
  number: (found: string) => `the number ${found} is incomplete`,
  key: (found: string) => `a key in double quotes is expected, not ${found}`,
  value: (found: string) => `a value is expected, not ${found}`,
  colon: (found: string) => `a colon is expected after the key, not ${found}`,
  comma: (found: string) => `a comma or the closing bracket is expected, not ${found}`,
  end: (found: string) => `nothing may follow the JSON object, but ${found} does`,
  comment: () => 'comments are not allowed',
  'open string': () => 'a string is not closed on its line',
  'unicode escape': (found: string) =>
    `\\u must be followed by four hexadecimal digits in ${found}`,
  escape: (found: string) =>
    `a backslash is followed by a character that JSON can't escape in ${found}`,
  'control character': (found: string) =>
    `a control character must be written as an escape such as \\n in ${found}`,
} as const;

/** What makes a text no JSON: a token that is none, or another one than is expected. */
export type Flaw = keyof typeof SENTENCES;

/** Says what is wrong at the text `found`. A text that ends within a token or before it should was cut off. */
export function sentenceOf(flaw: Flaw, found: string, isLast: boolean): string {
  const isCutOff = found === '' || flaw === 'open string' || flaw === 'number';
  return isLast && isCutOff ? say.endsTooEarly() : SENTENCES[flaw](shown(found));
}
