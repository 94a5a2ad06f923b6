import { isAbsolute, sep } from 'node:path';
import {
  JOB_ID,
  MAX_SCHEMA_LENGTH,
  MAX_SIDE,
  MAX_SOURCES,
  MIN_SIDE,
} from '../vocabulary/limits.ts';
import { characterCount } from '../naming/output-names.ts';
import {
  CODEC_CONTAINERS,
  CODECS,
  CONTAINERS,
  FPS_MODES,
  JOBSPEC_VERSIONS,
  NAMED_RESOLUTIONS,
  type Codec,
  type Container,
  type FpsMode,
  type JobSpecVersion,
} from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import type { Violation } from '../failure/cause.ts';
import { fieldIs, type Schema, when } from '../schema/json-schema.ts';
import { isObject, type JsonMap, RESERVED_KEYS } from '../reading/read-json.ts';
import { pathOf } from '../wording/quoted.ts';
import {
  accepted,
  CHARACTER,
  isBrokenUnicode,
  oneOf,
  text,
  violation,
  violationForEach,
  type Draft,
  type FieldOf,
  type Rule,
} from './field.ts';

export const jobspecVersion: FieldOf<JobSpecVersion> = {
  presence: 'required',
  rule: (value, path) =>
    JOBSPEC_VERSIONS.some((version) => version === value)
      ? accepted
      : violation(path, say.wrongVersion(path, value)),
  schema: { enum: JOBSPEC_VERSIONS },
  title: 'Version',
  description: 'The version of the contract: 2.2 adds viewing to 2.1.',
  examples: JOBSPEC_VERSIONS,
};

export const jobId: FieldOf<string | undefined> = {
  presence: 'optional',
  rule: text((value, path) => (JOB_ID.test(value) ? undefined : say.badJobId(path, value))),
  schema: { type: 'string', pattern: JOB_ID.source },
  title: 'Job id',
  examples: ['day03-A001'],
  description:
    "Names the job in results and logs. When absent: 8 hex digits of the file's SHA-256.",
  shapesNames: true,
};

const PARENT = sep === '/' ? /(?:^|\/)\.\.(?:\/|$)/ : /(?:^|[\\/])\.\.(?:[\\/]|$)/;

/**
 * Rule for an absolute path of this platform: `/media/a.mov`, on Windows `D:\media\a.mov` too. The disk is not
 * consulted. A part `..` is refused: after a symbolic link it leads somewhere other than the text says.
 */
export const absolutePath: Rule = text((value, path) => {
  if (!isAbsolute(value)) return say.notAbsolute(path, value);
  if (value.includes('\0')) return say.nulInPath(path, value);
  if (PARENT.test(value)) return say.parentInPath(path, value);
  return isBrokenUnicode(value) ? say.brokenUnicode(path, value) : undefined;
});

/** Pattern that refuses a part `..`. `separators` is the content of a character class. */
const noParent = (separators: string) =>
  `(?!(?:${CHARACTER}*[${separators}])?\\.\\.(?:[${separators}]|$))`;

/** Schema of a path that is absolute on POSIX, has a drive letter or is a UNC path; without NUL and `..`. */
export const pathSchema: Schema = {
  type: 'string',
  pattern: `^(?:/${noParent('/')}|(?:[A-Za-z]:[\\\\/]|\\\\\\\\)${noParent('\\\\/')})${CHARACTER}*$`,
};

function* listOfPaths(value: unknown, path: string, draft: Draft): Generator<Violation> {
  if (!Array.isArray(value)) {
    yield* violation(path, say.notAList(path, value));
    return;
  }
  if (value.length === 0) yield* violation(path, say.noSources(path));
  // Entries beyond the limit are refused as a whole: hostile files hold millions.
  if (value.length > MAX_SOURCES) yield* violation(path, say.tooManySources(path, value.length));
  for (const [index, item] of value.slice(0, MAX_SOURCES).entries())
    yield* absolutePath(item, `${path}[${index}]`, draft);
}

export const sources: FieldOf<readonly string[]> = {
  presence: 'required',
  rule: listOfPaths,
  schema: { type: 'array', minItems: 1, maxItems: MAX_SOURCES, items: pathSchema },
  title: 'Sources',
  description: 'Absolute paths of the clips. Proxies are made in this order.',
  examples: [['/mnt/raid/day3/A001C003.mov']],
  shapesNames: true,
};

export const outputDirectory: FieldOf<string> = {
  presence: 'required',
  rule: absolutePath,
  schema: pathSchema,
  title: 'Output directory',
  description: 'Absolute path of a directory that exists and may be written to. It is not created.',
  examples: ['/mnt/raid/proxies'],
};

export const codec: FieldOf<Codec> = {
  presence: 'required',
  rule: oneOf(CODECS),
  schema: { enum: CODECS },
  title: 'Codec',
  description: 'The codec of every proxy of the job.',
  examples: ['prores_proxy', 'h264'],
  shapesNames: true,
};

/** Rule for a known container that the codec allows. */
const allowedContainer: Rule = (value, path, draft) => {
  if (!CONTAINERS.some((container) => container === value) || !isCodec(draft.codec))
    return oneOf(CONTAINERS)(value, path, draft);
  const allowed: readonly string[] = CODEC_CONTAINERS[draft.codec];
  return allowed.includes(String(value))
    ? accepted
    : violation(path, say.wrongContainer(path, draft.codec, allowed, value));
};

const isCodec = (value: unknown): value is Codec =>
  typeof value === 'string' && Object.hasOwn(CODEC_CONTAINERS, value);

/** One condition for each set of codecs with the same containers. */
function containersOfCodecs(): Schema[] {
  const lists = new Set(Object.values(CODEC_CONTAINERS).map((containers) => containers.join()));
  return [...lists].map((list) => {
    const codecs = CODECS.filter((codec) => CODEC_CONTAINERS[codec].join() === list);
    return when(fieldIs('codec', ...codecs), {
      properties: { container: { enum: list.split(',') } },
    });
  });
}

export const container: FieldOf<Container> = {
  presence: 'required',
  rule: allowedContainer,
  schema: { enum: CONTAINERS },
  title: 'Container',
  description: 'File format and extension; the codec decides which are allowed.',
  examples: ['mov', 'mp4'],
  shapesNames: true,
  couplings: containersOfCodecs(),
};

const SIZE = /^([1-9]\d*)x([1-9]\d*)$/;

export const resolution: FieldOf<string> = {
  presence: 'required',
  rule: text((value, path) => {
    if ((NAMED_RESOLUTIONS as readonly string[]).includes(value)) return undefined;
    const sides = SIZE.exec(value)?.slice(1).map(Number);
    if (!sides) return say.badResolution(path, NAMED_RESOLUTIONS, value);
    const fits = sides.every((side) => side >= MIN_SIDE && side <= MAX_SIDE);
    return fits ? undefined : say.sideOutOfBounds(path, value);
  }),
  schema: {
    type: 'string',
    pattern: `^(?:${NAMED_RESOLUTIONS.join('|')}|[1-9]\\d{1,4}x[1-9]\\d{1,4})$`,
  },
  title: 'Size of the proxies',
  examples: ['half', '1920x1080'],
  description:
    'The source size, a half or a quarter of it, or a box in pixels to fit into without distortion or enlargement; ' +
    `sides of a box are ${MIN_SIDE} to ${MAX_SIDE}, which the runner checks.`,
  shapesNames: true,
};

export const fpsMode: FieldOf<FpsMode> = {
  presence: 'optional',
  default: 'same-as-source',
  rule: oneOf(FPS_MODES),
  schema: { enum: FPS_MODES, default: 'same-as-source' },
  title: 'Frame rate mode',
  examples: ['explicit'],
  description: "Whether proxies keep the source's frame rate or get fps_explicit.",
};

/** Requires a rate if and only if `fps_mode` is `explicit`. An invalid `fps_mode` is reported once, by its own rule. */
const explicitRate: Rule = (value, path, draft) => {
  const absent = value === undefined || value === null;
  if (absent)
    return draft.fps_mode === 'explicit' ? violation(path, say.fpsMissing(path)) : accepted;
  if (typeof value !== 'number' || !(value > 0 && Number.isFinite(value))) {
    return violation(path, say.badFps(path, value));
  }
  return draft.fps_mode === undefined || draft.fps_mode === 'same-as-source'
    ? violation(path, say.fpsWithoutMode(path))
    : accepted;
};

export const fpsExplicit: FieldOf<number | null> = {
  presence: 'coupled',
  default: null,
  rule: explicitRate,
  schema: { type: ['number', 'null'], exclusiveMinimum: 0, maximum: Number.MAX_VALUE },
  title: 'Frames per second',
  examples: [25, 23.976],
  description: 'Set it with fps_mode "explicit", and only then.',
  couplings: [
    when(
      fieldIs('fps_mode', 'explicit'),
      { required: ['fps_explicit'], properties: { fps_explicit: { type: 'number' } } },
      { properties: { fps_explicit: { type: 'null' } } },
    ),
  ],
};

const objectOfText: Rule = (value, path) => {
  if (!isObject(value)) return violation(path, say.notAnObjectOfText(path, value));
  return violationForEach(notTexts(value), ([key, item]) => {
    const at = pathOf([path, key]);
    return { path: at, message: say.notText(at, item) };
  });
};

function* notTexts(tokens: JsonMap) {
  for (const token of tokens) {
    const [key, item] = token;
    if (typeof item !== 'string' && !RESERVED_KEYS.includes(key)) yield token;
  }
}

export const resolvedTokens: FieldOf<ReadonlyMap<string, string> | undefined> = {
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

/** Reference to the schema, for editors. */
export const schemaAddress: FieldOf<string | undefined> = {
  presence: 'optional',
  rule: text((value, path) => {
    const length = characterCount(value);
    return length > MAX_SCHEMA_LENGTH
      ? say.tooLongText(path, length, MAX_SCHEMA_LENGTH)
      : undefined;
  }),
  schema: { type: 'string', maxLength: MAX_SCHEMA_LENGTH },
  title: 'Schema',
  examples: ['./jobspec.schema.json'],
  description: 'Where editors find this schema. The runner ignores it and fetches nothing.',
};
