import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseJobSpec } from './parse-job-spec.ts';
import { asRead, bytesOf, jobSpec } from '../testing/specimens.ts';
import { readJob } from './job-reading.ts';

const valid = bytesOf(jobSpec());

describe('a job file that is read once', () => {
  it('says its id, its fields, its hash, and whether it is complete', () => {
    const reading = readJob(valid);
    expect(reading).toMatchObject({ jobId: 'A001-dailies', isComplete: true });
    expect(reading.fields).toEqual(asRead(jobSpec()));
    expect(reading.sha256).toBe(createHash('sha256').update(valid).digest('hex'));
  });

  it('gives the same JobSpec as its bytes', () => {
    expect(parseJobSpec(readJob(valid))).toEqual(parseJobSpec(valid));
  });

  it('keeps the hash that it is handed', () => {
    expect(readJob(valid, 'f'.repeat(64)).sha256).toBe('f'.repeat(64));
  });

  it.each(['', '{"codec": "h264"', '\ufeff', 'nonsense', '[1]', 'null'])(
    'has no fields, but an id, without a JSON object: %j',
    (file) => {
      const reading = readJob(bytesOf(file));
      expect(reading).toMatchObject({ isComplete: false, fields: {} });
      expect(reading.jobId).toMatch(/^[0-9a-f]{8}$/);
      expect(() => parseJobSpec(reading)).toThrow(/Invalid JSON|must be one JSON object/);
    },
  );

  it('refuses a JobSpec as its bytes are refused, with the places of its keys', () => {
    const bytes = bytesOf('{"jobspec_version": 2, "codec": "h264",\n"codec": 5}');
    const refusal = (file: Parameters<typeof parseJobSpec>[0]) => {
      try {
        return parseJobSpec(file);
      } catch (error) {
        return error;
      }
    };
    expect(refusal(readJob(bytes))).toEqual(refusal(bytes));
    expect(refusal(readJob(bytes))).toMatchObject({
      violations: expect.arrayContaining([expect.objectContaining({ path: 'codec', line: 2 })]),
    });
  });
});
