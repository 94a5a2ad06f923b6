import type { Violation } from '../failure/cause.ts';
import { characterCount, isTooLong, parseTemplate, tokensOf } from '../naming/output-names.ts';
import { when } from '../schema/json-schema.ts';
import { MAX_NAME_BYTES, MAX_TEMPLATE_LENGTH } from '../vocabulary/limits.ts';
import {
  CLOCK_TOKENS,
  CONTAINERS,
  DISTINGUISHING_TOKENS,
  NAMING_TOKENS,
} from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import {
  accepted,
  isBrokenUnicode,
  text,
  violation,
  type Draft,
  type FieldOf,
  type Rule,
} from './field.ts';
import { burnInTokens } from './viewing.ts';

const known: readonly string[] = NAMING_TOKENS;

const legibleTemplate: Rule = (value, path, draft) => {
  if (typeof value !== 'string') return violation(path, say.notText(path, value));
  if (value === '') return violation(path, say.emptyText(path));
  if (isTooLong(value))
    return violation(path, say.tooLongText(path, characterCount(value), MAX_TEMPLATE_LENGTH));
  if (value === '.' || value === '..') return violation(path, say.dotTemplate(path, value));
  const { tokens, strayBraces } = parseTemplate(value);
  const messages = [
    ...characterMistakes(value, path),
    ...(strayBraces ? [say.strayBrace(path, value)] : []),
    ...unknownTokens(tokens).map((token) => say.unknownToken(path, token)),
  ];
  // An unreadable template says nothing certain about how it distinguishes sources.
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

/** Pattern of any number of tokens. */
const TOKENS = `(?:\\{(?:${either(NAMING_TOKENS)})\\})*`;

/** Text outside of tokens is part of every name and takes at least a byte a character; a dot and an extension are added. */
const MAX_FIXED_CHARACTERS =
  MAX_NAME_BYTES - Math.min(...CONTAINERS.map(({ length }) => length + 1));

export const namingTemplate: FieldOf<string> = {
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

/** ISO 8601 in its extended form: date, `T`, time to the second or finer, and `Z` or `+HH:MM`. */
const TIMESTAMP =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Absence is a violation only if the naming template or a burnt-in text needs the date. */
const dateWhereNeeded: Rule = (value, path, draft) => {
  if (value !== undefined)
    return value === null ? violation(path, say.notNull(path)) : date(value, path, draft);
  const users = [
    ['naming_template', tokensOf(draft.naming_template)],
    ['viewing.burn_in', burnInTokens(draft.viewing)],
  ] as const;
  for (const [user, used] of users) {
    const needed = CLOCK_TOKENS.filter((token) => used.includes(token));
    if (needed.length > 0) return violation(path, say.dateNeeded(path, user, needed));
  }
  return accepted;
};

const date = text((value, path) => {
  if (!TIMESTAMP.test(value)) return say.badDate(path, value);
  return isCalendarDay(value.slice(0, 10)) ? undefined : say.noSuchDay(path, value);
});

/** `Date` moves 30 February into March rather than refusing it. */
function isCalendarDay(day: string): boolean {
  const moved = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moved.getTime()) && moved.toISOString().startsWith(day);
}

export const createdAt: FieldOf<string | undefined> = {
  presence: 'coupled',
  rule: dateWhereNeeded,
  schema: { type: 'string', format: 'date-time', pattern: TIMESTAMP.source },
  title: 'Time of writing',
  examples: ['2025-12-28T12:00:00+01:00', '2025-12-28T11:00:00Z'],
  description: 'ISO 8601 with offset; {date} and {time} are its digits as written.',
  shapesNames: true,
  couplings: [
    when(
      {
        required: ['naming_template'],
        properties: {
          naming_template: { type: 'string', pattern: `\\{(?:${CLOCK_TOKENS.join('|')})\\}` },
        },
      },
      { required: ['created_at'] },
    ),
  ],
};
