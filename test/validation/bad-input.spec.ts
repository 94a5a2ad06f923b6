import { beforeAll, describe, expect, it } from 'vitest';
import { runOnce } from '../support/runner.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const folder = useSharedWatchFolder();
const valid = JSON.stringify(jobSpec({ sources: ['/nowhere/a.mov'], output_directory: '/' }));

/** File, the start of its failure's sentence. The parser's own specs have every row. */
const UNREADABLE: Record<string, [content: string | Buffer, reason: string]> = {
  'truncated JSON': [valid.slice(0, -1), 'the file ends before the JSON is complete'],
  'a binary file': [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8]), 'the file is not UTF-8'],
  'nesting of 100,000 arrays': ['['.repeat(1e5), 'objects and arrays are nested more than 32'],
  '50 MB of white space before a JobSpec': [
    `${' '.repeat(50e6)}${valid}`,
    'the file is larger than 8,388,608 bytes (8 MiB)',
  ],
};

/** File, path and message of its only violation. */
const REFUSED: Record<string, [content: string, path: string, message: string]> = {
  'an array': ['[]', '', 'a JobSpec must be one JSON object'],
  'a duplicate key': [
    valid.replace('"codec"', '"codec":"h264",\n"codec"'),
    'codec',
    'codec appears more than once',
  ],
};

beforeAll(async () => {
  for (const [name, [content]] of Object.entries({ ...UNREADABLE, ...REFUSED }))
    await folder().drop(`${name}.json`, content);
  await folder().drop('BOM.json', `\uFEFF${valid}`);
  await runOnce(folder());
});

describe('a file that is no JSON', () => {
  it.each(Object.entries(UNREADABLE))(
    'is refused with the reason: %s',
    async (name, [, reason]) => {
      const result = await folder().result(`${name}.json`);
      expect(result).toMatchObject({
        final_status: 'PARTIAL',
        failure_type: 'InvalidJsonError',
        execution_engine: null,
        clips: [],
      });
      expect(result.failure_reason).toContain(`Invalid JSON: ${reason}`);
      expect(result.violations).toHaveLength(1);
    },
  );
});

describe('JSON that is no JobSpec', () => {
  it.each(Object.entries(REFUSED))(
    'is refused with one violation: %s',
    async (name, [, path, message]) => {
      const result = await folder().result(`${name}.json`);
      expect(result).toMatchObject({
        final_status: 'PARTIAL',
        failure_type: 'JobSpecValidationError',
        violations: [{ path, message: expect.stringContaining(message) as string }],
      });
      expect(result.failure_reason).toContain(`JobSpec contract violation: ${message}`);
    },
  );

  it('is told where a duplicate key stands', async () => {
    const { violations } = await folder().result('a duplicate key.json');
    expect(violations).toMatchObject([{ line: 2, column: 1 }]);
  });
});

describe('a BOM', () => {
  it('is allowed', async () => {
    expect((await folder().result('BOM.json')).failure_type).toBe('MissingSourcesError');
  });
});
