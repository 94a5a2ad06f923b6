import { visit } from 'jsonc-parser';
import { MAX_LISTED_VIOLATIONS } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import type { Violation } from '../failure/violation.ts';
import { pathOf } from '../wording/shown.ts';

/** Keys that mean something else to JavaScript programs that read the file. */
export const RESERVED_KEYS: readonly string[] = ['__proto__', 'constructor'];

/** Duplicate and reserved keys at any depth of a well-formed JSON text: a parsed value no longer shows them. */
export function keyViolations(text: string): Violation[] {
  const found: Violation[] = [];
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty(key, _offset, _length, line, column, parent) {
      const keys = open.at(-1);
      const messages = [
        ...(RESERVED_KEYS.includes(key) ? [say.forbiddenKey] : []),
        ...(keys?.has(key) ? [say.duplicateKey] : []),
      ];
      keys?.add(key);
      if (messages.length === 0 || found.length > MAX_LISTED_VIOLATIONS) return;
      const path = pathOf([...parent(), key]);
      for (const message of messages) {
        found.push({ path, message: message(path), line: line + 1, column: column + 1 });
      }
    },
  });
  return found;
}
