import * as fc from 'fast-check';
import { JobFailure, jobSpecSchema, parseJobSpec, type Violation } from '@app/jobspec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { jobFileText, oddJobSpec, validJobSpec } from './job-specs.ts';

const ajv = new Ajv2020({ strictRequired: false, strictTypes: false });
formats.default(ajv);
const isInSchema = ajv.compile(jobSpecSchema());

/** Reason for which the parser refuses a file; `null` if it accepts it. Anything but a refusal is a defect. */
function refusal(text: string): JobFailure | null {
  try {
    parseJobSpec(Buffer.from(text));
    return null;
  } catch (error) {
    if (error instanceof JobFailure) return error;
    throw error;
  }
}

/** Rules that no schema can express: duplicate keys, output names, bounds of a size, another platform's paths. */
const isBeyondSchema = ({ path, message, line }: Violation) =>
  line !== undefined ||
  message.startsWith('naming_template gives ') ||
  (path === 'resolution' && message.includes('must have sides from')) ||
  /must be an absolute path, not "(?:[A-Za-z]:|\\\\\\\\)/.test(message);

/** Unexplained disagreements; empty if they agree. */
function dispute(spec: unknown): unknown[] {
  const text = JSON.stringify(spec);
  const failure = refusal(text);
  const isAccepted = isInSchema(JSON.parse(text));
  if (failure === null) return isAccepted ? [] : (isInSchema.errors ?? []);
  return isAccepted ? failure.violations.filter((violation) => !isBeyondSchema(violation)) : [];
}

describe('schema and parser', () => {
  it('both accept every JobSpec that honours the contract', { timeout: 0 }, async () => {
    expect.hasAssertions();
    await fuzz('valid JobSpecs', validJobSpec, (spec) => {
      expect(refusal(JSON.stringify(spec))).toBeNull();
      expect(dispute(spec)).toEqual([]);
    });
  });

  it('agree on every other one, but for what no schema can say', { timeout: 0 }, async () => {
    expect.hasAssertions();
    await fuzz('odd JobSpecs', oddJobSpec, (spec) => expect(dispute(spec)).toEqual([]));
  });

  it('refuse with bounded sentences, whatever the file', { timeout: 0 }, async () => {
    expect.hasAssertions();
    await fuzz('files', fc.oneof(jobFileText, fc.string({ unit: 'binary' })), (text) => {
      const { message = '', violations = [] } = refusal(text) ?? {};
      expect(message).toMatch(/^[^\p{Cc}]{0,500}$/su);
      for (const violation of violations) {
        expect(violation.message).toMatch(/^.{1,1000}$/su);
        expect(violation.path).toMatch(/^.{0,200}$/su);
      }
    });
  });
});
