import { describe, expect, it } from 'vitest';
import { parseResult } from './parse-result.ts';

const result = { job_id: 'a', final_status: 'COMPLETED', violations: [], clips: [], _metadata: {} };

describe('parseResult', () => {
  it('gives what the file holds', () => {
    expect(parseResult(JSON.stringify(result))).toEqual(result);
  });

  it.each([
    ['job_id', 7, 'job_id must be a string'],
    ['final_status', 'DONE', 'final_status must be one of COMPLETED, FAILED, PARTIAL'],
    ['clips', [1], 'clips must be a list of objects'],
    ['_metadata', null, '_metadata must be an object'],
  ])('says what is wrong with %s', (key, value, sentence) => {
    const text = JSON.stringify({ ...result, [key]: value });
    expect(() => parseResult(text)).toThrow(`This is not a result: ${sentence}.`);
  });

  it('refuses what is not an object, or not JSON', () => {
    expect(() => parseResult('[]')).toThrow('it is not a JSON object');
    expect(() => parseResult('{')).toThrow(SyntaxError);
  });
});
