import type { Violation } from '../failure/cause.ts';
import { isObject } from '../reading/read-json.ts';
import { closedObject, type Schema } from '../schema/json-schema.ts';
import { MAX_BURN_IN_LENGTH, MAX_SOURCES } from '../vocabulary/limits.ts';
import type { JobBurnIn, JobCdl, JobLook, JobLut, Viewing } from '../vocabulary/viewing.ts';
import { BECOMES, BURN_IN_PLACES, BURN_IN_TOKENS, LUT_RANGES } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { characterCount, parseTemplate } from '../naming/output-names.ts';
import {
  accepted,
  isBrokenUnicode,
  objectBy,
  oneOf,
  optional,
  required,
  text,
  violation,
  type Draft,
  type FieldOf,
  type Rule,
} from './field.ts';
import { absolutePath, pathSchema } from './proxy.ts';

const known: readonly string[] = BURN_IN_TOKENS;

const legibleText: Rule = (value, path) => {
  if (typeof value !== 'string') return violation(path, say.notText(path, value));
  if (value === '') return violation(path, say.emptyText(path));
  const length = characterCount(value);
  if (length > MAX_BURN_IN_LENGTH)
    return violation(path, say.tooLongText(path, length, MAX_BURN_IN_LENGTH));
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

/** Rule for burnt-in texts, at most one at each place. */
function* listOfTexts(value: unknown, path: string, draft: Draft): Generator<Violation> {
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

/** Tokens of all burnt-in texts of an unchecked `viewing`. */
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

const burnInSchema: Schema = {
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
    at: { enum: BURN_IN_PLACES, description: 'Place of the text in the picture.' },
  }),
};

/** Bounds of a CDL's numbers: far beyond any grade, and within what LUTs can hold. */
export const CDL_LIMITS = {
  slope: { least: 0, most: 100 },
  offset: { least: -100, most: 100 },
  power: { least: 0.01, most: 100 },
  saturation: { least: 0, most: 100 },
} as const;
type CdlKey = keyof typeof CDL_LIMITS;

const SHA256 = /^[\da-f]{64}$/;

const numberOf =
  (key: CdlKey): Rule =>
  (value, path) => {
    const { least, most } = CDL_LIMITS[key];
    const isIn = typeof value === 'number' && value >= least && value <= most;
    return isIn ? accepted : violation(path, say.numberOutOfBounds(path, least, most, value));
  };

const tripleOf =
  (key: CdlKey): Rule =>
  (value, path, draft) => {
    if (!Array.isArray(value) || value.length !== 3)
      return violation(path, say.noTriple(path, value));
    return value.flatMap((one, at) => [...numberOf(key)(one, `${path}[${at}]`, draft)]);
  };

const CDL_RULES: Record<keyof JobCdl, Rule> = {
  slope: required(tripleOf('slope')),
  offset: required(tripleOf('offset')),
  power: required(tripleOf('power')),
  saturation: required(numberOf('saturation')),
};

function* listOfCdls(value: unknown, path: string, draft: Draft): Generator<Violation> {
  if (!Array.isArray(value)) {
    yield* violation(path, say.notAListOfCdls(path, value));
    return;
  }
  const sources = Array.isArray(draft.sources) ? draft.sources.length : null;
  if (value.length !== 1 && value.length !== (sources ?? value.length))
    yield* violation(path, say.cdlCount(path, value.length, sources ?? 0));
  if (value.every((one) => one === null)) yield* violation(path, say.noCdl(path));
  for (const [at, one] of value.slice(0, MAX_SOURCES).entries())
    if (one !== null) yield* objectBy(CDL_RULES, one, `${path}[${at}]`, draft);
}

const LUT_RULES: Record<keyof JobLut, Rule> = {
  path: required(absolutePath),
  sha256: required(
    text((value, path) => (SHA256.test(value) ? undefined : say.badSha256(path, value))),
  ),
};

function* look(value: unknown, path: string, draft: Draft): Generator<Violation> {
  const hasLut = isObject(value) && value.has('lut');
  if (isObject(value) && !hasLut && !value.has('cdl')) yield* violation(path, say.emptyLook(path));
  const range: Rule = (range, at, draft) => {
    if (range === undefined) return hasLut ? violation(at, say.rangeMissing(at)) : accepted;
    return hasLut ? oneOf(LUT_RANGES)(range, at, draft) : violation(at, say.rangeWithoutLut(at));
  };
  const rules: Record<keyof JobLook, Rule> = {
    cdl: optional(listOfCdls),
    lut: optional((value, path, draft) => objectBy(LUT_RULES, value, path, draft)),
    lut_range: range,
    becomes: (hasLut ? required : optional)(oneOf(BECOMES)),
  };
  yield* objectBy(rules, value, path, draft);
}

const VIEWING_RULES: Record<keyof Viewing, Rule> = {
  look: optional(look),
  burn_in: optional(listOfTexts),
};

const viewingRule: Rule = (value, path, draft) => {
  if (isObject(value) && !value.has('look') && !value.has('burn_in'))
    return violation(path, say.emptyViewing(path));
  return objectBy(VIEWING_RULES, value, path, draft);
};

const numberSchema = (key: CdlKey): Schema => ({
  type: 'number',
  minimum: CDL_LIMITS[key].least,
  maximum: CDL_LIMITS[key].most,
});
const tripleSchema = (key: CdlKey): Schema => ({
  type: 'array',
  minItems: 3,
  maxItems: 3,
  items: numberSchema(key),
});

const cdlSchema = closedObject<keyof JobCdl>({
  slope: tripleSchema('slope'),
  offset: tripleSchema('offset'),
  power: tripleSchema('power'),
  saturation: numberSchema('saturation'),
});

const lookSchema = closedObject<keyof JobLook>(
  {
    cdl: {
      description:
        'ASC CDLs: one for all sources, or one (or null) for each. They come before the LUT.',
      type: 'array',
      minItems: 1,
      maxItems: MAX_SOURCES,
      items: { anyOf: [cdlSchema, { type: 'null' }] },
      contains: { type: 'object' },
    },
    lut: closedObject<keyof JobLut>(
      {
        path: { ...pathSchema, description: 'Absolute path of a .cube file.' },
        sha256: { type: 'string', pattern: SHA256.source },
      },
      [],
      { description: 'A lookup table, and the SHA-256 that its file must have.' },
    ),
    lut_range: {
      enum: LUT_RANGES,
      description:
        'video: 0 and 1 are black and white. data: 0 and 1 are the first and the last code.',
    },
    becomes: {
      enum: BECOMES,
      description:
        'Colour space after the look; the proxy is tagged with it. A CDL alone converts nothing: without becomes, the tags of the source stay.',
    },
  },
  ['cdl', 'lut', 'lut_range', 'becomes'],
  {
    description: 'A CDL, a LUT, or both.',
    anyOf: [{ required: ['cdl'] }, { required: ['lut'] }],
    dependentRequired: { lut: ['lut_range', 'becomes'], lut_range: ['lut'] },
  },
);

export const viewing: FieldOf<Viewing | undefined> = {
  since: '2.2',
  presence: 'optional',
  rule: viewingRule,
  schema: closedObject<keyof Viewing>(
    { look: lookSchema, burn_in: burnInSchema },
    ['look', 'burn_in'],
    {
      anyOf: [{ required: ['look'] }, { required: ['burn_in'] }],
    },
  ),
  title: 'Viewing',
  description:
    'How proxies should look (2.2 only): camera log in the look of the show, and text in the picture. Both are burnt in.',
  examples: [
    {
      look: {
        lut: { path: '/mnt/raid/show/LogC3_709.cube', sha256: '0'.repeat(64) },
        lut_range: 'video',
        becomes: 'bt709',
      },
      burn_in: [
        { text: '{timecode}', at: 'bottom-left' },
        { text: '{source_name}', at: 'bottom-right' },
      ],
    },
  ],
};
