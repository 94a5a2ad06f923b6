import { tokensOf } from '../naming/template.ts';
import { when } from '../schema/json-schema.ts';
import { CLOCK_TOKENS } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { burnInTokens } from './burn-in.ts';
import { accepted, violation, type FieldOf, type Rule } from './field.ts';
import { text } from './text.ts';

/** ISO 8601 in its extended form: date, `T`, time to the second or finer, and `Z` or `+HH:MM`. */
const TIMESTAMP =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Absence is a violation only where the naming template needs the date. */
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

/** Texts of which one has the date. */
const WITH_DATE = {
  type: 'array',
  contains: {
    type: 'object',
    required: ['text'],
    properties: { text: { type: 'string', pattern: '\\{date\\}' } },
  },
};

export const createdAt: FieldOf<string | undefined> = {
  since: '2.1',
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
    when(
      {
        required: ['viewing'],
        properties: {
          viewing: { type: 'object', required: ['burn_in'], properties: { burn_in: WITH_DATE } },
        },
      },
      { required: ['created_at'] },
    ),
  ],
};
