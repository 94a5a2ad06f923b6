import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { type Field, text } from '../fields/field.ts';
import { bytesOf, jobSpec, refusalOf } from '../testing/specimens.ts';
import type { JobSpecInput } from '../vocabulary/job-spec.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import * as say from '../wording/messages.ts';
import { FIELDS, fieldsOf } from './fields.ts';
import { jobSpecSchema } from './jobspec-schema.ts';
import { parseJobSpec } from './parse-job-spec.ts';

/** A field as the next version of the contract might bring it. */
const madeUp: Field = {
  since: '2.2',
  presence: 'required',
  rule: text((value) => (value === 'right' ? undefined : 'made_up must be "right"')),
  schema: { const: 'right' },
  title: 'Made up',
  description: 'Stands in no contract.',
  examples: ['right'],
  couplings: [{ required: ['job_id'] }],
};

beforeAll(() => void Object.assign(FIELDS, { made_up: madeUp }));
afterAll(() => void Reflect.deleteProperty(FIELDS, 'made_up'));

const old = { jobspec_version: '2.1', job_id: undefined };
const young = { jobspec_version: '2.2', job_id: 'x' };

function isValid(fields: object): boolean {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
  formats.default(ajv);
  return ajv.validate(jobSpecSchema(), JSON.parse(JSON.stringify(jobSpec({ ...fields }))));
}

describe('a field that came with a later version', () => {
  it.each(['right', 'wrong', null])('is unknown to an older one, as %j too', (value) => {
    const spec = { ...old, made_up: value };
    const message = say.unknownField('made_up', fieldsOf('2.1'));
    expect(refusalOf(jobSpec(spec)).violations).toEqual([{ path: 'made_up', message }]);
    expect(isValid(spec)).toBe(false);
  });

  it('is not missed by an older one, nor what it demands of others', () => {
    expect(parseJobSpec(bytesOf(jobSpec(old))).jobspec_version).toBe('2.1');
    expect(isValid(old)).toBe(true);
  });

  it('may be in its own', () => {
    const spec = { ...young, made_up: 'right' };
    expect(parseJobSpec(bytesOf(jobSpec(spec)))).toMatchObject({ made_up: 'right' });
    expect(isValid(spec)).toBe(true);
  });

  it.each([
    ['wrong', 'made_up must be "right"'],
    [undefined, say.missing('made_up')],
  ])('is judged in its own: %j', (value, message) => {
    const spec = { ...young, made_up: value };
    expect(refusalOf(jobSpec(spec)).violations).toEqual([{ path: 'made_up', message }]);
    expect(isValid(spec)).toBe(false);
  });
});

it('what only a later version knows has no say in an older one', () => {
  const viewing = { burn_in: [{ text: '{date}', at: 'top-left' }] };
  const spec = { ...old, viewing, created_at: undefined };
  expect(refusalOf(jobSpec(spec)).violations.map(({ path }) => path)).toEqual(['viewing']);
});

it('the types of a JobSpec have the fields of its version', () => {
  type InputOf<Version> = Extract<JobSpecInput, { jobspec_version: Version }>;
  expectTypeOf<InputOf<'2.1'>['viewing']>().toEqualTypeOf<undefined>();
  expectTypeOf<InputOf<'2.2'>['viewing']>().toEqualTypeOf<Viewing | undefined>();
});
