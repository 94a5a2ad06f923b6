import * as say from '../wording/messages.ts';
import { accepted, violation, type Rule } from './field.ts';

/** A string, checked by the rule that is handed in; anything else is one violation. */
export const text =
  (check: (value: string, path: string) => string | undefined): Rule =>
  (value, path) => {
    if (typeof value !== 'string') return violation(path, say.notText(path, value));
    const message = check(value, path);
    return message === undefined ? accepted : violation(path, message);
  };

/** Exactly one of the values, case included. */
export const oneOf = (values: readonly string[]): Rule =>
  text((value, path) => (values.includes(value) ? undefined : say.notOneOf(path, values, value)));

/** JSON can carry half of a surrogate pair; UTF-8, and so a file name, can't. */
export const isBrokenUnicode = (value: string) => /\p{Surrogate}/u.test(value);

/** The class of characters that a name of a file may have, for a pattern of JSON Schema: neither NUL nor half a surrogate pair. */
export const CHARACTER = '[^\\u0000\\ud800-\\udfff]';
