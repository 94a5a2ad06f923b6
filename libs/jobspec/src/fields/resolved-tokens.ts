import { isObject, RESERVED_KEYS, type JsonObject } from '../reading/json-value.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/shown.ts';
import { violation, violationForEach, type FieldOf, type Rule } from './field.ts';

const objectOfText: Rule = (value, path) => {
  if (!isObject(value)) return violation(path, say.notAnObjectOfText(path, value));
  return violationForEach(notTexts(value), ([key, item]) => {
    const at = pathOf([path, key]);
    return { path: at, message: say.notText(at, item) };
  });
};

function* notTexts(tokens: JsonObject) {
  for (const token of tokens) {
    const [key, item] = token;
    if (typeof item !== 'string' && !RESERVED_KEYS.includes(key)) yield token;
  }
}

export const resolvedTokens: FieldOf<ReadonlyMap<string, string> | undefined> = {
  since: '2.1',
  presence: 'optional',
  rule: objectOfText,
  schema: {
    type: 'object',
    additionalProperties: { type: 'string' },
    propertyNames: { not: { enum: RESERVED_KEYS } },
  },
  title: 'Your own records',
  examples: [{ reel: 'A001', day: '3' }],
  description: 'Informational, never used for naming.',
};
