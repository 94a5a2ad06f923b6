import { isAbsolute } from 'node:path';
import { MAX_SOURCES } from '../limits.ts';
import * as say from '../messages.ts';
import { accepted, violation, type Rule } from './rule.ts';
import { isBrokenUnicode, text } from './text.ts';

/** An absolute path of this platform: `/media/a.mov`, on Windows `D:\media\a.mov` too. Nothing is looked up. */
export const absolutePath: Rule = text((value, path) => {
  if (!isAbsolute(value)) return say.notAbsolute(path, value);
  if (value.includes('\0')) return say.nulInPath(path, value);
  return isBrokenUnicode(value) ? say.brokenUnicode(path, value) : undefined;
});

export const sources: Rule = (value, path, draft) => {
  if (!Array.isArray(value)) return violation(path, say.notAList(path, value));
  if (value.length === 0) return violation(path, say.noSources(path));
  // What lies beyond the limit is refused as a whole: hostile files hold millions of entries.
  const size =
    value.length > MAX_SOURCES ? violation(path, say.tooManySources(path, value.length)) : accepted;
  const checked = value.slice(0, MAX_SOURCES);
  return [...size, ...checked.flatMap((item, i) => absolutePath(item, `${path}[${i}]`, draft))];
};
