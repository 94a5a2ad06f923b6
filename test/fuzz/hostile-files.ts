import * as fc from 'fast-check';
import { CODECS, CONTAINERS } from '@app/jobspec';

/** Texts that break whoever trusts them. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '/',
    '//',
    '/..',
    '/proc/self/root',
    '/dev/zero',
    '/dev/null',
    '\u0000',
    '\u001b[2J',
    '\ud800',
    '\u202e',
    'line\nline',
    '%03d',
    '{source_name}',
    '{index}{index}',
    '{date}',
    '__proto__',
    'constructor',
    'toString',
    '😀'.repeat(80),
    'a'.repeat(300),
    '-y',
    'concat:/etc/passwd',
    'http://127.0.0.1/',
  ),
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.double(),
  fc.integer(),
  fc.constantFrom(null, true, false, [], {}, [[]], Infinity, -0, 2 ** 53, '1e999'),
  fc.array(hostileText, { maxLength: 4 }),
  fc.dictionary(hostileText, fc.oneof(hostileText, fc.integer()), { maxKeys: 4 }),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Fields that a writer may well mean, so that deep checks are reached. */
function likelyFields(base: { sources: readonly string[]; output: string }) {
  const path = fc.constantFrom(
    ...base.sources,
    `${base.output}/missing.mov`,
    base.output,
    '/dev/null',
  );
  return {
    jobspec_version: fc.constant('2.1'),
    job_id: fc.constantFrom('a', 'A001', 'x'.repeat(128)),
    sources: fc.array(path, { minLength: 1, maxLength: 3 }),
    output_directory: fc.constantFrom(
      base.output,
      `${base.output}/`,
      '/nowhere',
      base.sources[0] ?? '/',
    ),
    codec: fc.constantFrom(...CODECS),
    container: fc.constantFrom(...CONTAINERS),
    resolution: fc.constantFrom(
      'same',
      'half',
      'quarter',
      '64x64',
      '1920x1080',
      '2x2',
      '8192x8192',
    ),
    fps_mode: fc.constantFrom('same-as-source', 'explicit'),
    fps_explicit: fc.constantFrom(null, 25, 23.976, 1e-9, 1e9, 33.333),
    naming_template: fc.constantFrom(
      '{source_name}',
      '{index}-{job_id}',
      '{date}',
      'x',
      '{codec}.{resolution}',
    ),
    resolved_tokens: fc.constant({ reel: 'A001' }),
    created_at: fc.constantFrom('2025-12-28T12:00:00+01:00', '2025-02-30T12:00:00Z'),
  };
}

/** JobSpecs near the contract: most fields as they should be, a few hostile, some missing, some unknown. */
export function jobSpecs(base: {
  sources: readonly string[];
  output: string;
}): fc.Arbitrary<string> {
  const likely = fc.record(likelyFields(base));
  const optional = ['job_id', 'fps_mode', 'fps_explicit', 'resolved_tokens', 'created_at'] as const;
  const edits = fc.array(
    fc.record({
      field: fc.oneof(fc.constantFrom(...Object.keys(likelyFields(base))), hostileText),
      value: hostileValue,
    }),
    { maxLength: 2 },
  );
  return fc
    .record({ likely, without: fc.subarray([...optional]), edits, indent: fc.constantFrom(0, 2) })
    .map(({ likely, without, edits, indent }) => {
      const kept = Object.entries(likely).filter(([key]) => !(without as string[]).includes(key));
      const edited = edits.map(({ field, value }) => [field, value] as const);
      return JSON.stringify(Object.fromEntries([...kept, ...edited]), null, indent);
    });
}

/** Variants of a file: the text itself, cut, with bytes changed, with a duplicate key, with the additions of editors. */
export function jobFiles(specs: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const damage = fc.oneof(
    { weight: 6, arbitrary: fc.constant((text: string) => Buffer.from(text)) },
    fc.nat(4000).map((at) => (text: string) => Buffer.from(text).subarray(0, at)),
    fc.constant((text: string) => Buffer.from(`\uFEFF${text}\n\n`)),
    fc.constant((text: string) => Buffer.from(text, 'utf16le')),
    fc.constant((text: string) => Buffer.from(text.replace('{', '{"codec": "h264", '))),
    fc.record({ at: fc.nat(4000), byte: fc.nat(255) }).map(({ at, byte }) => (text: string) => {
      const bytes = Buffer.from(text);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  );
  return fc.record({ specs, damage }).map(({ specs: text, damage }) => damage(text));
}
