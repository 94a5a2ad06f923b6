import { readFileSync } from 'node:fs';
import { outputNames, parseJobSpec } from '@app/jobspec';
import { describe, expect, it } from 'vitest';

/** The whole JobSpecs that a document shows. */
function jobSpecs(document: string): string[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
  const blocks = Array.from(text.matchAll(/^```json\n(.*?)^```$/gms), ([, block = '']) => block);
  return blocks.filter((block) => block.includes('"jobspec_version"'));
}

describe.each([
  ['README.md', 1],
  ['docs/jobspec.md', 1],
])('%s', (document, count) => {
  it('shows JobSpecs that honour the contract', () => {
    const found = jobSpecs(document);
    expect(found).toHaveLength(count);
    for (const text of found) {
      const jobSpec = parseJobSpec(Buffer.from(text));
      expect(outputNames(jobSpec, 'id')).toHaveLength(jobSpec.sources.length);
    }
  });
});
