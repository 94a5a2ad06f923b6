import { isAbsolute } from 'node:path';
import type { Schema } from '../schema/json-schema.ts';
import { MAX_SOURCES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { accepted, violation, type FieldOf, type Rule } from './field.ts';
import { isBrokenUnicode, text } from './text.ts';

/** An absolute path of this platform: `/media/a.mov`, on Windows `D:\media\a.mov` too. Nothing is looked up. */
const absolutePath: Rule = text((value, path) => {
  if (!isAbsolute(value)) return say.notAbsolute(path, value);
  if (value.includes('\0')) return say.nulInPath(path, value);
  return isBrokenUnicode(value) ? say.brokenUnicode(path, value) : undefined;
});

/** Absolute on POSIX, with a drive letter or as a UNC path, without NUL. */
const pathSchema: Schema = {
  type: 'string',
  pattern: '^(?:/|[A-Za-z]:[\\\\/]|\\\\\\\\)[^\\u0000]*$',
};

const listOfPaths: Rule = (value, path, draft) => {
  if (!Array.isArray(value)) return violation(path, say.notAList(path, value));
  if (value.length === 0) return violation(path, say.noSources(path));
  // What lies beyond the limit is refused as a whole: hostile files hold millions of entries.
  const size =
    value.length > MAX_SOURCES ? violation(path, say.tooManySources(path, value.length)) : accepted;
  const checked = value.slice(0, MAX_SOURCES);
  return [...size, ...checked.flatMap((item, i) => absolutePath(item, `${path}[${i}]`, draft))];
};

export const sources: FieldOf<readonly string[]> = {
  presence: 'required',
  rule: listOfPaths,
  schema: { type: 'array', minItems: 1, maxItems: MAX_SOURCES, items: pathSchema },
  description: 'Absolute paths of the clips, made into proxies in this order.',
  shapesNames: true,
};

export const outputDirectory: FieldOf<string> = {
  presence: 'required',
  rule: absolutePath,
  schema: pathSchema,
  description: 'Absolute path of an existing, writable directory; it is not created.',
};
