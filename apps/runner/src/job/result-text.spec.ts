import { expect, it } from 'vitest';
import { clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { resultText } from './result-text.ts';

it.each([
  ['no clip', []],
  ['one', [clipResult('A')]],
  [
    'more, whatever they say',
    [clipResult('A'), clipResult('"clips": []\n  "clips": [],'), clipResult('B')],
  ],
])('is that of the whole result with %s', (_, clips) => {
  const result = jobResult({ clips, failure_reason: '\n  "clips": [],\n' });
  const pieces = [...resultText(result)];
  expect(pieces.join('')).toBe(`${JSON.stringify(result, null, 2)}\n`);
  expect(pieces).toHaveLength(clips.length + 2);
});
