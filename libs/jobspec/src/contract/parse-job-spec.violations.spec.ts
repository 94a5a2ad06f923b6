import { describe, expect, it } from 'vitest';
import * as say from '../wording/messages.ts';
import { bytesOf, jobSpec, refusalOf, violationsOf } from '../testing/specimens.ts';
import { JOBSPEC_FIELDS } from './fields.ts';
import { readJob } from './job-reading.ts';

const name = 'naming_template';

describe('a JobSpec is refused', () => {
  it('with every violation of the file, in the order of the contract', () => {
    const spec = {
      jobspec_version: null,
      zebra: 1,
      created_at: null,
      naming_template: '{x}/{y}',
      fps_mode: null,
      codec: 'mpeg2',
      sources: ['a', '/b', 3],
    };
    const paths = violationsOf(spec).map(([path]) => path);
    expect(paths).toEqual([
      'jobspec_version',
      'sources[0]',
      'sources[2]',
      'output_directory',
      'codec',
      'container',
      'resolution',
      'fps_mode',
      name,
      name,
      name,
      'created_at',
      'zebra',
    ]);
  });

  it('by what it lacks alone, without its version: nothing says that it is a JobSpec', () => {
    const secret = 'S3cr3t-Passw0rd';
    const file = { codec: secret, [secret]: { a: secret }, sources: [secret] };
    const failure = refusalOf(JSON.stringify(file).replace('{', `{"${secret}": 1, `));
    expect(failure.violations.map(({ message }) => message)).toEqual([
      say.missing('jobspec_version'),
      say.missing('output_directory'),
      say.missing('container'),
      say.missing('resolution'),
      say.missing(name),
    ]);
    expect(JSON.stringify([failure.message, failure.facts])).not.toContain(secret);
    expect(readJob(bytesOf({ ...file, job_id: 'A001' })).fields).toEqual({ job_id: 'A001' });
  });

  it('with a reason that names the first three and counts the others', () => {
    expect(refusalOf({ jobspec_version: '2.1' }).message).toBe(
      'JobSpec contract violation: sources is missing; output_directory is missing; codec is missing; and 3 more',
    );
  });

  it('with a reason that names all when they are few', () => {
    const { type, message } = refusalOf(jobSpec({ jobspec_version: '2.3', codec: undefined }));
    expect(type).toBe('JobSpecValidationError');
    expect(message).toBe(
      'JobSpec contract violation: jobspec_version must be "2.1" or "2.2", not "2.3"; codec is missing',
    );
  });

  it('with a reason that names fewer violations where they are long, and counts the rest', () => {
    const unknown = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`field-${i}`, i]));
    const { message, violations } = refusalOf(jobSpec(unknown));
    expect(message.length).toBeLessThanOrEqual(500);
    expect(message).toMatch(
      /^JobSpec contract violation: field-0 is not .*; field-1 is not .*; and 7 more$/,
    );
    expect(violations).toHaveLength(9);
  });

  it('with 10,000 violations and a note when there are more', () => {
    const hostile = Object.fromEntries(Array.from({ length: 10_010 }, (_, i) => [`k${i}`, i]));
    const { violations } = refusalOf(jobSpec(hostile));
    expect(violations).toHaveLength(10_001);
    expect(violations.at(-1)).toEqual({ path: '', message: say.moreViolations(10) });
  });

  it('in the words of its author, whatever they are', () => {
    const word = '$value $property $target $constraint1 "\\\n';
    expect(violationsOf(jobSpec({ sources: [word], codec: word }))).toMatchObject([
      ['sources[0]', say.notAbsolute('sources[0]', word)],
      ['codec', expect.stringContaining(JSON.stringify(word))],
    ]);
  });

  it('in few words however many there are', () => {
    const { message } = refusalOf(
      jobSpec({ codec: 'x'.repeat(100_000), ['y'.repeat(100_000)]: 1 }),
    );
    expect(message.length).toBeLessThan(1000);
  });
});

describe('a value of the wrong type', () => {
  const values = [12, 'text', true, null, [1], { a: 1 }];
  const allowed: Record<string, readonly unknown[]> = {
    job_id: ['text'],
    $schema: ['text'],
    fps_explicit: [null],
  };
  const cases = JOBSPEC_FIELDS.flatMap((field) =>
    values
      .filter((value) => !allowed[field]?.includes(value))
      .map((value) => [field, value] as const),
  ).filter(([field, value]) => !(field === name && value === 'text'));

  it.each(cases)('is one violation of %s: %j', (field, value) => {
    const found = violationsOf(jobSpec({ [field]: value }));
    expect(found).toHaveLength(1);
    expect(found[0]?.[0]?.startsWith(field)).toBe(true);
  });

  it.each(['job_id', 'fps_mode', 'resolved_tokens', 'created_at', '$schema'])(
    'null is refused in %s',
    (field) => {
      expect(violationsOf(jobSpec({ [field]: null }))).toEqual([[field, say.notNull(field)]]);
    },
  );

  it.each([
    'jobspec_version',
    'sources',
    'output_directory',
    'codec',
    'container',
    'resolution',
    name,
  ])('is not the same as a missing %s', (field) => {
    expect(violationsOf(jobSpec({ [field]: undefined }))).toEqual([[field, say.missing(field)]]);
  });
});
