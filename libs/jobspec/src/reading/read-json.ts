import { isRecord } from './is-record.ts';
import * as say from '../wording/messages.ts';
import { decode } from './decode.ts';
import { invalidJson, placeAt } from './invalid-json.ts';
import { checkNesting } from './nesting.ts';
import { findSyntaxError } from './syntax-error.ts';

/**
 * Bytes to text and JSON value.
 *
 * @throws {JobFailure} `InvalidJsonError` when the text does not parse, is too large or nests too deep.
 */
export function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  const text = decode(bytes);
  checkNesting(text);
  try {
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    if (text.trim() === '') throw invalidJson(say.emptyFile(), placeAt('', 0), cause);
    const error = findSyntaxError(text);
    throw invalidJson(error?.message ?? String(cause), error?.place, cause);
  }
}

/**
 * Whether the bytes are one whole JSON object. No proper prefix of a JSON object is itself JSON, so a file for which
 * this holds has been written to its end (trailing white space aside). Files that can't be a JobSpec are not complete.
 */
export function isCompleteJson(bytes: Uint8Array): boolean {
  try {
    return isRecord(readJson(bytes).value);
  } catch {
    return false;
  }
}
