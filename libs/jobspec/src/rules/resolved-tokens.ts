import { isRecord } from '../is-record.ts';
import * as say from '../messages.ts';
import { RESERVED_KEYS } from '../reading/key-violations.ts';
import { pathOf } from '../shown.ts';
import { violation, type Rule } from './rule.ts';

export const resolvedTokens: Rule = (value, path) => {
  if (!isRecord(value)) return violation(path, say.notAnObjectOfText(path, value));
  return Object.entries(value).flatMap(([key, item]) => {
    if (typeof item === 'string' || RESERVED_KEYS.includes(key)) return [];
    const at = pathOf([path, key]);
    return violation(at, say.notText(at, item));
  });
};
