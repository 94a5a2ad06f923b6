import { readFileSync } from 'node:fs';
import { outputNames, parseJobSpec } from '@app/jobspec';
import { expect, it } from 'vitest';

it('docs/jobspec.md shows a whole JobSpec that honours the contract', () => {
  const document = readFileSync(new URL('../../docs/jobspec.md', import.meta.url), 'utf8');
  const blocks = Array.from(document.matchAll(/^```json\n(.*?)^```$/gms), ([, text = '']) => text);
  const whole = blocks.filter((block) => block.includes('"jobspec_version"'));
  expect(whole).toHaveLength(1);
  const jobSpec = parseJobSpec(Buffer.from(whole.join('')));
  expect(outputNames(jobSpec, 'id')).toHaveLength(jobSpec.sources.length);
});
