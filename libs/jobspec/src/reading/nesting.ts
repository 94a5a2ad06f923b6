import { MAX_NESTING } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { invalidJson, placeAt } from './invalid-json.ts';

/**
 * Refuses deep nesting before anything recursive reads the text. A plain loop: a regular expression over a string of
 * some megabytes can run out of its backtracking stack.
 *
 * @throws {JobFailure} `InvalidJsonError` at the first bracket that is too deep.
 */
export function checkNesting(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '"') inString = !inString;
    else if (inString) i += character === '\\' ? 1 : 0;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > MAX_NESTING) throw invalidJson(say.tooDeep(), placeAt(text, i));
  }
}
