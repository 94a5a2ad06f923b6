import { MAX_TEMPLATE_LENGTH } from '../limits.ts';
import * as say from '../messages.ts';
import { parseTemplate } from '../naming/template.ts';
import type { Violation } from '../result.ts';
import { DISTINGUISHING_TOKENS, NAMING_TOKENS } from '../vocabulary.ts';
import { violation, type Draft, type Rule } from './rule.ts';
import { isBrokenUnicode } from './text.ts';

const known: readonly string[] = NAMING_TOKENS;

export const namingTemplate: Rule = (value, path, draft) => {
  if (typeof value !== 'string') return violation(path, say.notText(path, value));
  if (value === '') return violation(path, say.emptyTemplate(path));
  if (value.length > MAX_TEMPLATE_LENGTH) {
    return violation(path, say.longTemplate(path, value.length));
  }
  if (value === '.' || value === '..') return violation(path, say.dotTemplate(path, value));
  const { tokens, strayBraces } = parseTemplate(value);
  const messages = [
    ...characterMistakes(value, path),
    ...(strayBraces ? [say.strayBrace(path, value)] : []),
    ...unknownTokens(tokens).map((token) => say.unknownToken(path, token)),
  ];
  // A template that can't be read says nothing certain about how it tells sources apart.
  if (messages.length === 0) messages.push(...sameNames(tokens, path, draft));
  return messages.map((message): Violation => ({ path, message }));
};

function* characterMistakes(value: string, path: string): Generator<string> {
  if (/[/\\]/.test(value)) yield say.separatorInTemplate(path, value);
  if (value.includes('\0')) yield say.nulInTemplate(path, value);
  if (isBrokenUnicode(value)) yield say.brokenUnicode(path, value);
}

const unknownTokens = (tokens: readonly string[]) =>
  [...new Set(tokens)].filter((token) => !known.includes(token));

function sameNames(tokens: readonly string[], path: string, { sources }: Draft): string[] {
  if (!Array.isArray(sources) || sources.length < 2) return [];
  const distinct = DISTINGUISHING_TOKENS.some((token) => tokens.includes(token));
  return distinct ? [] : [say.sameNameForAll(path, sources.length, DISTINGUISHING_TOKENS)];
}
