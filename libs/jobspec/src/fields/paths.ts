import { isAbsolute, sep } from 'node:path';
import type { Violation } from '../failure/violation.ts';
import type { Schema } from '../schema/json-schema.ts';
import { MAX_SOURCES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { violation, type Draft, type FieldOf, type Rule } from './field.ts';
import { CHARACTER, isBrokenUnicode, text } from './text.ts';

const PARENT = sep === '/' ? /(?:^|\/)\.\.(?:\/|$)/ : /(?:^|[\\/])\.\.(?:[\\/]|$)/;

/**
 * An absolute path of this platform: `/media/a.mov`, on Windows `D:\media\a.mov` too. Nothing is looked up. Behind a symbolic
 * link `..` leads elsewhere than the text says, so it is refused.
 */
export const absolutePath: Rule = text((value, path) => {
  if (!isAbsolute(value)) return say.notAbsolute(path, value);
  if (value.includes('\0')) return say.nulInPath(path, value);
  if (PARENT.test(value)) return say.parentInPath(path, value);
  return isBrokenUnicode(value) ? say.brokenUnicode(path, value) : undefined;
});

/** Without a part `..`, where the separators are those of a class. */
const noParent = (separators: string) =>
  `(?!(?:${CHARACTER}*[${separators}])?\\.\\.(?:[${separators}]|$))`;

/** Absolute on POSIX, with a drive letter or as a UNC path; without NUL and `..`. */
export const pathSchema: Schema = {
  type: 'string',
  pattern: `^(?:/${noParent('/')}|(?:[A-Za-z]:[\\\\/]|\\\\\\\\)${noParent('\\\\/')})${CHARACTER}*$`,
};

function* listOfPaths(value: unknown, path: string, draft: Draft): Generator<Violation> {
  if (!Array.isArray(value)) {
    yield* violation(path, say.notAList(path, value));
    return;
  }
  if (value.length === 0) yield* violation(path, say.noSources(path));
  // What lies beyond the limit is refused as a whole: hostile files hold millions of entries.
  if (value.length > MAX_SOURCES) yield* violation(path, say.tooManySources(path, value.length));
  for (const [index, item] of value.slice(0, MAX_SOURCES).entries())
    yield* absolutePath(item, `${path}[${index}]`, draft);
}

export const sources: FieldOf<readonly string[]> = {
  since: '2.1',
  presence: 'required',
  rule: listOfPaths,
  schema: { type: 'array', minItems: 1, maxItems: MAX_SOURCES, items: pathSchema },
  title: 'Sources',
  description: 'Absolute paths of the clips. Proxies are made in this order.',
  examples: [['/mnt/raid/day3/A001C003.mov']],
  shapesNames: true,
};

export const outputDirectory: FieldOf<string> = {
  since: '2.1',
  presence: 'required',
  rule: absolutePath,
  schema: pathSchema,
  title: 'Output directory',
  description: 'Absolute path of a directory that exists and may be written to. It is not created.',
  examples: ['/mnt/raid/proxies'],
};
