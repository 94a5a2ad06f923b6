import type { Violation } from '../failure/violation.ts';
import { characterCount, isTooLong, parseTemplate } from '../naming/template.ts';
import { when } from '../schema/json-schema.ts';
import { MAX_NAME_BYTES, MAX_TEMPLATE_LENGTH } from '../vocabulary/limits.ts';
import { CONTAINERS, DISTINGUISHING_TOKENS, NAMING_TOKENS } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { violation, type Draft, type FieldOf, type Rule } from './field.ts';
import { isBrokenUnicode } from './text.ts';

const known: readonly string[] = NAMING_TOKENS;

const legibleTemplate: Rule = (value, path, draft) => {
  if (typeof value !== 'string') return violation(path, say.notText(path, value));
  if (value === '') return violation(path, say.emptyTemplate(path));
  if (isTooLong(value)) return violation(path, say.longTemplate(path, characterCount(value)));
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

const either = (tokens: readonly string[]) => tokens.join('|');

/** Any number of tokens, for a pattern. */
const TOKENS = `(?:\\{(?:${either(NAMING_TOKENS)})\\})*`;

/** What is no token stands in every name, and takes a byte or more of it; a dot and an extension are added. */
const MAX_FIXED_CHARACTERS =
  MAX_NAME_BYTES - Math.min(...CONTAINERS.map(({ length }) => length + 1));

export const namingTemplate: FieldOf<string> = {
  since: '2.1',
  presence: 'required',
  rule: legibleTemplate,
  schema: {
    type: 'string',
    maxLength: MAX_TEMPLATE_LENGTH,
    minLength: 1,
    pattern: `^(?!\\.{1,2}$)(?:${TOKENS}[^{}/\\\\\\u0000\\ud800-\\udfff]){0,${MAX_FIXED_CHARACTERS}}${TOKENS}$`,
  },
  title: 'Names of the proxies',
  examples: ['{source_name}_proxy', '{source_name}_{codec}', '{job_id}_{index}'],
  description:
    `File name without extension; may contain ${NAMING_TOKENS.map((name) => `{${name}}`).join(' ')}. ` +
    'Resolved names must be unique within the job, at most 255 bytes with extension, and not begin with a dot, which the runner checks.',
  shapesNames: true,
  couplings: [
    when(
      { required: ['sources'], properties: { sources: { type: 'array', minItems: 2 } } },
      {
        properties: { naming_template: { pattern: `\\{(?:${either(DISTINGUISHING_TOKENS)})\\}` } },
      },
    ),
  ],
};
