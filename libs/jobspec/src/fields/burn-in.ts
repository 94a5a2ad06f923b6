import type { Violation } from '../failure/violation.ts';
import { characterCount, parseTemplate } from '../naming/template.ts';
import { isObject } from '../reading/json-value.ts';
import { closedObject, type Schema } from '../schema/json-schema.ts';
import { MAX_BURN_IN_LENGTH } from '../vocabulary/limits.ts';
import type { JobBurnIn } from '../vocabulary/viewing.ts';
import { BURN_IN_PLACES, BURN_IN_TOKENS } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { violation, type Draft, type Rule } from './field.ts';
import { objectBy, required } from './objects.ts';
import { isBrokenUnicode, oneOf } from './text.ts';

const known: readonly string[] = BURN_IN_TOKENS;

const legibleText: Rule = (value, path) => {
  if (typeof value !== 'string') return violation(path, say.notText(path, value));
  if (value === '') return violation(path, say.emptyBurnIn(path));
  const length = characterCount(value);
  if (length > MAX_BURN_IN_LENGTH) return violation(path, say.longBurnIn(path, length));
  const { tokens, strayBraces } = parseTemplate(value);
  const unknown = [...new Set(tokens)].filter((token) => !known.includes(token));
  const messages = [
    ...(isBrokenUnicode(value) ? [say.brokenUnicode(path, value)] : []),
    ...(strayBraces ? [say.strayBrace(path, value)] : []),
    ...unknown.map((token) => say.unknownBurnInToken(path, token)),
  ];
  return messages.map((message): Violation => ({ path, message }));
};

const TEXT_RULES: Record<keyof JobBurnIn, Rule> = {
  text: required(legibleText),
  at: required(oneOf(BURN_IN_PLACES)),
};

/** The texts of a job, one at each place. */
export function* listOfTexts(value: unknown, path: string, draft: Draft): Generator<Violation> {
  const most = BURN_IN_PLACES.length;
  if (!Array.isArray(value) || value.length === 0 || value.length > most) {
    yield* violation(path, say.notAListOfTexts(path, most, value));
    return;
  }
  const taken = new Set<unknown>();
  for (const [index, one] of value.entries()) {
    yield* objectBy(TEXT_RULES, one, `${path}[${index}]`, draft);
    const place = isObject(one) ? one.get('at') : undefined;
    if (typeof place === 'string' && taken.has(place) && isPlace(place))
      yield* violation(`${path}[${index}].at`, say.placeTaken(`${path}[${index}].at`, place));
    taken.add(place);
  }
}

function isPlace(name: string): boolean {
  return BURN_IN_PLACES.some((place) => place === name);
}

/** The tokens of all texts of whatever stands in `viewing`. */
export function burnInTokens(viewing: unknown): string[] {
  const texts = isObject(viewing) ? viewing.get('burn_in') : undefined;
  if (!Array.isArray(texts)) return [];
  return texts.slice(0, BURN_IN_PLACES.length).flatMap((one) => {
    const text = isObject(one) ? one.get('text') : undefined;
    const isShort = typeof text === 'string' && characterCount(text) <= MAX_BURN_IN_LENGTH;
    return isShort ? parseTemplate(text).tokens : [];
  });
}

const TOKENS = `\\{(?:${BURN_IN_TOKENS.join('|')})\\}`;

export const burnInSchema: Schema = {
  description: `Text in the picture, one at each place; may contain ${BURN_IN_TOKENS.map((name) => `{${name}}`).join(' ')}.`,
  type: 'array',
  minItems: 1,
  maxItems: BURN_IN_PLACES.length,
  items: closedObject<keyof JobBurnIn>({
    text: {
      type: 'string',
      minLength: 1,
      maxLength: MAX_BURN_IN_LENGTH,
      pattern: `^(?:[^{}\\ud800-\\udfff]|${TOKENS})+$`,
    },
    at: { enum: BURN_IN_PLACES },
  }),
  allOf: BURN_IN_PLACES.map((place) => ({
    contains: { type: 'object', required: ['at'], properties: { at: { const: place } } },
    minContains: 0,
    maxContains: 1,
  })),
};
