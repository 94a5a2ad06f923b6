import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { parseJobSpec } from './parse-job-spec.ts';
import { bytesOf, jobSpec, refusalOf, type Fields } from '../testing/specimens.ts';
import { CODECS, CONTAINERS } from '../vocabulary/vocabulary.ts';
import { JOBSPEC_FIELDS } from './fields.ts';
import { jobSpecSchema } from './jobspec-schema.ts';

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
formats.default(ajv);
const validate = ajv.compile(jobSpecSchema());
const one = { sources: ['/a.mov'] };

const ADDRESSES = new Set(['file:///jobs/jobspec.schema.json', 'https://x.test/jobspec.json']);

/** The editor of VS Code and others, with a JobSpec that names its schema. */
const editor = getLanguageService({
  schemaRequestService: (address) =>
    ADDRESSES.has(address)
      ? Promise.resolve(JSON.stringify(jobSpecSchema()))
      : Promise.reject(new Error(`nothing at ${address}`)),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});

function opened(text: string) {
  const file = TextDocument.create('file:///jobs/day.json', 'json', 1, text);
  return [file, editor.parseJSONDocument(file)] as const;
}

/** What an editor marks, and where. */
async function marksIn(spec: object, $schema = './jobspec.schema.json') {
  const [file, json] = opened(JSON.stringify({ $schema, ...spec }));
  const marks = await editor.doValidation(file, json, { schemaValidation: 'error' });
  return marks.map(({ range, message }) => ({ at: file.getText(range), message }));
}

const good: Fields[] = [
  {},
  {
    job_id: undefined,
    fps_mode: undefined,
    fps_explicit: undefined,
    created_at: undefined,
    resolved_tokens: undefined,
  },
  { fps_mode: 'explicit', fps_explicit: 0.5 },
  { ...one, naming_template: 'proxy 🎬' },
  { ...one, naming_template: 'a'.repeat(251) },
  { sources: ['/a/..mov', '/a/b..', '/.../c.mov', '/a\\..\\b.mov'], naming_template: '{index}' },
  { ...one, naming_template: '{index}'.repeat(70) },
  { sources: ['/media/\n.mov', '/🎬/日本.mov'] },
  { naming_template: '{index}-{date}-{time}' },
  { resolution: 'same' },
  { resolution: '1920x1080' },
  { created_at: '2024-02-29T00:00:00.5-03:30' },
];

const LEAP_DAY: Fields = { created_at: '2025-02-29T00:00:00Z' };

const bad: Fields[] = [
  ...JOBSPEC_FIELDS.flatMap((field) =>
    [12, true, [1], { a: 1 }, ''].map((value) => ({
      [field]: field === '$schema' && value === '' ? null : value,
    })),
  ),
  ...[
    'jobspec_version',
    'sources',
    'output_directory',
    'codec',
    'container',
    'resolution',
    'naming_template',
  ].map((field) => ({ [field]: undefined })),
  ...['job_id', 'fps_mode', 'resolved_tokens', 'created_at'].map((field) => ({ [field]: null })),
  { jobspec_version: '2.0' },
  { job_id: 'a b' },
  { job_id: 'a'.repeat(129) },
  { sources: [] },
  { sources: Array.from({ length: 10_001 }, (_, i) => `/${i}`) },
  { sources: ['a.mov'] },
  { sources: ['/a\0'] },
  { sources: ['/a/../b.mov'] },
  { sources: ['/..'] },
  { sources: ['/a.mov', '/a/b/..'] },
  { sources: ['/a\ud800.mov'] },
  { output_directory: '/proxies/../../etc' },
  { output_directory: '/\udc00' },
  { ...one, naming_template: '\ud83c' },
  { ...one, naming_template: '🎬'.repeat(257) },
  { ...one, naming_template: '🎬'.repeat(512) },
  { ...one, naming_template: 'a'.repeat(252) },
  { codec: 'ProRes' },
  { resolution: '1920X1080' },
  { resolution: '0x0' },
  { fps_mode: 'explicit' },
  { fps_mode: 'explicit', fps_explicit: undefined },
  { fps_mode: 'explicit', fps_explicit: 0 },
  { fps_mode: undefined, fps_explicit: 24 },
  { fps_explicit: 24 },
  { naming_template: 'proxy' },
  { naming_template: '{date}' },
  { naming_template: '{index}{date}', created_at: undefined },
  { naming_template: '{index}{reel}' },
  { naming_template: '{index}}' },
  { naming_template: '{index}/x' },
  { naming_template: '{index}\\x' },
  { naming_template: 'a'.repeat(513), ...one },
  { naming_template: '..', ...one },
  { resolved_tokens: { reel: 1 } },
  { resolved_tokens: { constructor: 'x' } },
  LEAP_DAY,
  { created_at: '2025-12-28T12:00:00' },
  { created_at: '2025-12-28T12:00:60Z' },
  { $schema: 'a'.repeat(2049) },
  { priority: 1 },
];

describe('the JobSpec schema', () => {
  it.each(good)('accepts what the parser accepts: %j', async (overrides) => {
    const spec = JSON.parse(JSON.stringify(jobSpec(overrides))) as object;
    expect(parseJobSpec(bytesOf(spec))).toMatchObject(
      JSON.parse(JSON.stringify(overrides)) as object,
    );
    expect(validate(spec) ? [] : validate.errors).toEqual([]);
    expect(await marksIn(spec)).toEqual([]);
  });

  it.each(bad.map((overrides) => [JSON.stringify(overrides).slice(0, 80), overrides] as const))(
    'refuses what the parser refuses: %s',
    async (_, overrides) => {
      const spec = JSON.parse(JSON.stringify(jobSpec(overrides))) as object;
      expect(refusalOf(spec).type).toBe('JobSpecValidationError');
      expect(validate(spec)).toBe(false);
      // By what isn't text an editor finds no schema, and it knows no leap years.
      const { $schema = '' } = overrides;
      const isMarked = typeof $schema === 'string' && overrides !== LEAP_DAY;
      expect((await marksIn(spec)).length > 0).toBe(isMarked);
    },
  );

  const pairs = CODECS.flatMap((codec) => CONTAINERS.map((container) => ({ codec, container })));
  it.each(pairs)('agrees with the parser on $codec in $container', (pair) => {
    const accepted = () => {
      try {
        return parseJobSpec(bytesOf(jobSpec(pair))).codec === pair.codec;
      } catch {
        return false;
      }
    };
    expect(validate(jobSpec(pair))).toBe(accepted());
  });

  it.each<Fields>([
    { sources: ['/a/x.mov', '/b/x.mov'] },
    { resolution: '99999x10' },
    { ...one, naming_template: 'ü'.repeat(200) },
    { naming_template: '.{index}' },
  ])('leaves to the parser what no schema can say: %j', (overrides) => {
    expect(validate(jobSpec(overrides))).toBe(true);
    expect(refusalOf(jobSpec(overrides)).type).toBe('JobSpecValidationError');
  });

  it('refuses a rate that is too large for a number, whatever reads it', () => {
    const text = JSON.stringify(jobSpec({ fps_mode: 'explicit', fps_explicit: 9 })).replace(
      ':9',
      ':1e999',
    );
    expect(refusalOf(text).violations).toMatchObject([{ path: 'fps_explicit' }]);
    expect(validate(JSON.parse(text))).toBe(false);
    // A reader with numbers of any size compares with the limit.
    const { fps_explicit } = jobSpecSchema()['properties'] as Record<string, { maximum?: number }>;
    expect(fps_explicit?.maximum).toBe(Number.MAX_VALUE);
  });

  it('describes every field that the class has, in the order of the contract', () => {
    const schema = jobSpecSchema();
    expect(Object.keys(schema['properties'] ?? {})).toEqual([...JOBSPEC_FIELDS]);
  });

  it('is in schemas/jobspec.schema.json (npm run schemas writes it)', async () => {
    const file = new URL('../../../../schemas/jobspec.schema.json', import.meta.url).pathname;
    await expect(`${JSON.stringify(jobSpecSchema(), null, 2)}\n`).toMatchFileSnapshot(file);
  });
});

describe('editors', () => {
  const { properties, examples = [] } = jobSpecSchema() as {
    properties: Record<string, { title: string; description: string; examples: unknown[] }>;
    examples?: Fields[];
  };

  it.each(Object.entries(properties))('tell of %s what it is', (_, field) => {
    expect([field.title, field.description]).not.toContain(undefined);
    expect(field.examples.length).toBeGreaterThan(0);
  });

  it.each(['./jobspec.schema.json', 'https://x.test/jobspec.json'])(
    'mark a wrong value where it stands, by the schema at %s',
    async (address) => {
      expect(await marksIn(jobSpec({}), address)).toEqual([]);
      const marks = await marksIn(jobSpec({ codec: 'dnxhd', container: 'avi' }), address);
      expect(new Set(marks.map(({ at }) => at))).toEqual(new Set(['"avi"']));
      expect(marks[0]?.message).toContain('"mxf"');
    },
  );

  it.each([
    ['{ "$schema": "./jobspec.schema.json", | }', Object.keys(properties).slice(0, -1)],
    ['{ "$schema": "./jobspec.schema.json", "codec": | }', CODECS.map((codec) => `"${codec}"`)],
    [
      '{ "$schema": "./jobspec.schema.json", "viewing": { "burn_in": [{ "at": | }] } }',
      ['"top-left"', '"bottom-centre"'],
    ],
    ['{ "$schema": "./jobspec.schema.json", "viewing": { "look": { | } } }', ['lut_range']],
  ])('complete %s, with descriptions', async (typed, words) => {
    const [file, json] = opened(typed.replace('|', ''));
    const found = await editor.doComplete(file, file.positionAt(typed.indexOf('|')), json);
    const described = found?.items.filter(({ documentation }) => documentation !== undefined);
    expect(described?.map(({ label }) => label)).toEqual(expect.arrayContaining(words));
  });

  it('offer examples that the contract accepts', () => {
    expect(examples).toHaveLength(1);
    const whole = { ...examples[0], codec: 'h264', fps_mode: 'explicit', fps_explicit: 25 };
    for (const [name, field] of Object.entries(properties))
      for (const example of field.examples)
        expect(() =>
          parseJobSpec(bytesOf({ ...whole, jobspec_version: '2.2', [name]: example })),
        ).not.toThrow();
  });
});
