import { isObject } from '../json/narrow.ts';
import { FINAL_STATUSES, type JobResult } from './result.ts';

/** What tells a result from any other JSON, and what each must be. */
const MARKS: Partial<Record<keyof JobResult, [what: string, holds: (value: unknown) => boolean]>> =
  {
    job_id: ['a string', (value) => typeof value === 'string'],
    final_status: [
      `one of ${FINAL_STATUSES.join(', ')}`,
      (value) => FINAL_STATUSES.some((status) => status === value),
    ],
    violations: ['a list', Array.isArray],
    clips: ['a list of objects', (value) => Array.isArray(value) && value.every(isObject)],
    _metadata: ['an object', isObject],
  };

/**
 * Reads a result file. Every field is described by `resultSchema`; here only what tells it from other JSON is looked at.
 *
 * @throws {SyntaxError} for a text that is not JSON
 * @throws {TypeError} for JSON that is not a result, with what is wrong
 */
export function parseResult(text: string): JobResult {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new TypeError('This is not a result: it is not a JSON object.');
  for (const [key, [what, holds]] of Object.entries(MARKS))
    if (!holds(value[key])) throw new TypeError(`This is not a result: ${key} must be ${what}.`);
  return value as unknown as JobResult;
}
