import * as fc from 'fast-check';
import { CODEC_CONTAINERS, JOBSPEC_FIELDS, NAMED_RESOLUTIONS, NAMING_TOKENS } from '@app/jobspec';
import type { JobFields } from '../support/job-spec.ts';

const isFileName = (name: string) =>
  !/[/\0]|\p{Surrogate}/u.test(name) && name !== '.' && name !== '..';
const fileName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(isFileName);
const absolutePath = fc
  .array(fileName, { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);

const format = fc
  .constantFrom(...Object.entries(CODEC_CONTAINERS))
  .chain(([codec, containers]) =>
    fc.record({ codec: fc.constant(codec), container: fc.constantFrom<string>(...containers) }),
  );

const side = fc.integer({ min: 16, max: 16_384 });
const resolution = fc.oneof(
  fc.constantFrom<string>(...NAMED_RESOLUTIONS),
  fc.tuple(side, side).map(([width, height]) => `${width}x${height}`),
);

const rate = fc.oneof(
  fc.constant({}),
  fc.constantFrom({ fps_mode: 'same-as-source' }, { fps_explicit: null }),
  fc
    .oneof(
      fc.constantFrom(23.976, 25, 29.97, 59.94),
      fc.double({ min: 0.001, max: 1000, noNaN: true }),
    )
    .map((fps_explicit) => ({ fps_mode: 'explicit', fps_explicit })),
);

const two = (number: number) => String(number).padStart(2, '0');
const instant = fc
  .tuple(
    fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
    fc.integer({ min: -12, max: 14 }),
  )
  .map(([date, offset]) => {
    const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.abs(offset))}:00`;
    return date.toISOString().replace(/(\.\d+)?Z$/, zone);
  });

/** Begins with a letter, so that no name is hidden, and holds {index}, so that no two are the same. */
const template = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NAMING_TOKENS.map((token) => `{${token}}`)),
      fc.constantFrom('_', '.', 'é', '日', '🎬', ' '),
    ),
    {
      maxLength: 4,
    },
  )
  .map((parts) => `p${parts.join('')}{index}`);

/** JobSpecs that honour every rule of the contract. Their paths need not exist. */
export const validJobSpec: fc.Arbitrary<JobFields> = fc
  .tuple(
    format,
    rate,
    fc.record(
      {
        jobspec_version: fc.constant('2.1'),
        job_id: fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/),
        sources: fc.array(absolutePath, { minLength: 1, maxLength: 5 }),
        output_directory: absolutePath,
        resolution,
        naming_template: template,
        resolved_tokens: fc.dictionary(
          fileName.filter((key) => !/^(__proto__|constructor)$/.test(key)),
          fc.string(),
        ),
        created_at: instant,
      },
      {
        requiredKeys: [
          'jobspec_version',
          'sources',
          'output_directory',
          'resolution',
          'naming_template',
          'created_at',
        ],
      },
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as JobFields);

/** Values near the edges of the rules, and far beyond them. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '/',
    '/..',
    '/a/../b',
    '/a/..',
    '//',
    '/a\0',
    'C:\\a',
    '\\\\server\\share',
    'a/b',
  ),
  fc.constantFrom(
    '\ud800',
    '/\udc00',
    '/a\ud83c/b',
    '{index}\ud83c',
    '🎬'.repeat(257),
    '🎬'.repeat(60),
    'ü'.repeat(200),
  ),
  fc.constantFrom(
    '{',
    '}',
    '{}',
    '{index',
    '{reel}',
    '{{index}}',
    '{date}',
    '{time}{index}',
    'x'.repeat(513),
  ),
  fc.constantFrom(
    '0x0',
    '16x16',
    '15x16',
    '16385x16',
    '1920X1080',
    '01920x1080',
    '2.0',
    'H264',
    'explicit',
  ),
  fc.constantFrom(
    '2025-02-29T00:00:00Z',
    '2025-01-01T24:00:00Z',
    '2025-01-01T00:00:00',
    '2025-01-01T00:00:00+24:00',
  ),
  fc.constantFrom<unknown>(
    0,
    -0,
    -1,
    25,
    1e308,
    5e-324,
    null,
    true,
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    { a: 'b' },
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.oneof(absolutePath, fc.string({ unit: 'binary', maxLength: 10 })), { maxLength: 4 }),
  fc.dictionary(fc.string({ maxLength: 10 }), fc.oneof(fc.string(), fc.integer())),
);

const oddKey = fc.oneof(
  fc.constantFrom('toString', 'constructor', '__proto__', 'Codec', 'priority', ''),
  fc.string({ unit: 'binary', maxLength: 10 }),
);

/** A change of one field: another value, none, or a field that the contract doesn't know. */
const change = fc.tuple(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<string>(...JOBSPEC_FIELDS) },
    { weight: 1, arbitrary: oddKey },
  ),
  fc.oneof({ weight: 8, arbitrary: oddValue }, { weight: 1, arbitrary: fc.constant(undefined) }),
);

/** JobSpecs with up to three mistakes in an otherwise valid one; some happen to be none. */
export const oddJobSpec: fc.Arbitrary<JobFields> = fc
  .tuple(validJobSpec, fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([spec, changes]) => Object.fromEntries([...Object.entries(spec), ...changes]));

/** The text of a JobSpec, now and then with a BOM, white space, a key that comes twice, or a number without bounds. */
export const jobFileText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(validJobSpec, oddJobSpec),
    fc.constantFrom('', '\ufeff', ' \r\n'),
    fc.constantFrom('', '\n', ' '.repeat(100)),
    fc.constantFrom('', '', '', ',"codec":"h264"', ',"__proto__":{}', ',"fps_explicit":1e999'),
  )
  .map(
    ([spec, before, after, more]) =>
      `${before}${JSON.stringify(spec).slice(0, -1)}${more}}${after}`,
  );
