import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readJob } from '../contract/job-reading.ts';
import { jobIdOf } from './job-id.ts';
import { bytesOf, jobSpec } from '../testing/specimens.ts';

const anonymous = JSON.stringify(jobSpec({ job_id: undefined }));
const hash = createHash('sha256').update(anonymous).digest('hex').slice(0, 8);

describe('the id of a job', () => {
  it('is the one its author gave', () => {
    expect(jobIdOf(bytesOf('{}'), { job_id: 'A001' })).toBe('A001');
  });

  it.each(['', '\ufeff', ' \t', '\ufeff\r\n'])(
    'is a hash that ignores %j around the text',
    (space) => {
      expect(jobIdOf(bytesOf(`${space}${anonymous}\r\n\t `), null)).toBe(hash);
    },
  );

  it('is another one when a byte within the text differs', () => {
    expect(jobIdOf(bytesOf(anonymous.replace(':', ': ')), null)).not.toBe(hash);
  });

  it('is that of the file when the file breaks other rules', () => {
    expect(readJob(bytesOf({ job_id: 'A001', codec: 7 })).jobId).toBe('A001');
  });

  it.each([
    '{"job_id": "a b"}',
    '{"job_id": 7}',
    '["job_id"]',
    '{"job_id": "A001"',
    '',
    '\ufeff \n',
  ])('is a hash when the file names no valid one: %j', (file) => {
    const text = file.replace('\ufeff', '').trim();
    expect(readJob(bytesOf(file)).jobId).toBe(
      createHash('sha256').update(text).digest('hex').slice(0, 8),
    );
  });
});
