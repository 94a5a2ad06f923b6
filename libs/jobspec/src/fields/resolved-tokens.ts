import { isRecord } from '../reading/is-record.ts';
import * as say from '../wording/messages.ts';
import { RESERVED_KEYS } from '../reading/key-violations.ts';
import { pathOf } from '../wording/shown.ts';
import { violation, type FieldOf, type Rule } from './field.ts';

const objectOfText: Rule = (value, path) => {
  if (!isRecord(value)) return violation(path, say.notAnObjectOfText(path, value));
  return Object.entries(value).flatMap(([key, item]) => {
    if (typeof item === 'string' || RESERVED_KEYS.includes(key)) return [];
    const at = pathOf([path, key]);
    return violation(at, say.notText(at, item));
  });
};

export const resolvedTokens: FieldOf<Readonly<Record<string, string>> | undefined> = {
  presence: 'optional',
  rule: objectOfText,
  schema: {
    type: 'object',
    additionalProperties: { type: 'string' },
    propertyNames: { not: { enum: RESERVED_KEYS } },
  },
  description: 'Informational, never used for naming.',
};
