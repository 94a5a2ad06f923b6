import { beforeAll, describe, expect, it } from 'vitest';
import { runOnce } from '../support/runner.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const folder = useSharedWatchFolder();
const valid = JSON.stringify(jobSpec({ sources: ['/nowhere/a.mov'], output_directory: '/' }));
const utf16 = (text: string, mark: number[]) =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, 'utf16le')]);
const place = (column: number, line = 1) => ` (line ${line}, column ${column})`;

/** File, the start of its failure's sentence. */
const UNREADABLE: Record<string, [content: string | Buffer, reason: string]> = {
  'an empty file': ['', `the file is empty${place(1)}`],
  'white space': [' \n\t\n', `the file is empty${place(1)}`],
  'truncated JSON': [valid.slice(0, -1), 'the file ends before the JSON is complete'],
  'JSON cut off in a string': [valid.slice(0, 40), 'the file ends before the JSON is complete'],
  'a comment': ['{\n  // no\n}', `comments are not allowed${place(3, 2)}`],
  'a final comma': ['{"a": 1,}', 'a key in double quotes is expected'],
  'single quotes': ["{'a': 1}", 'what stands there is not a JSON value'],
  'two objects': [`${valid}\n${valid}`, 'nothing may follow the JSON object'],
  NaN: ['{"a": NaN}', 'what stands there is not a JSON value'],
  'a binary file': [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8]), 'the file is not UTF-8'],
  'Latin-1': [Buffer.from('{"a": "\u00e4"}', 'latin1'), 'the file is not UTF-8; save it as UTF-8'],
  'UTF-16 with BOM': [utf16(valid, [0xff, 0xfe]), 'the file is UTF-16; save it as UTF-8'],
  'UTF-16 without BOM': [utf16(valid, []), 'the file is UTF-16; save it as UTF-8'],
  'nesting of 100,000 arrays': ['['.repeat(1e5), 'objects and arrays are nested more than 32'],
  'nesting of 100,000 objects': ['{"a":'.repeat(1e5), 'objects and arrays are nested more than 32'],
  'balanced deep nesting': [
    `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
    'objects and arrays are nested more than 32',
  ],
  '50 MB of white space before a JobSpec': [
    `${' '.repeat(50e6)}${valid}`,
    'the file is larger than 8,388,608 bytes (8 MiB)',
  ],
};

/** File, path and message of its only violation. */
const REFUSED: Record<string, [content: string, path: string, message: string]> = {
  'an array': ['[]', '', 'a JobSpec must be one JSON object'],
  'a string': ['"x"', '', 'a JobSpec must be one JSON object'],
  null: ['null', '', 'a JobSpec must be one JSON object'],
  'a duplicate key': [
    valid.replace('"codec"', '"codec":"h264",\n"codec"'),
    'codec',
    'codec appears more than once',
  ],
  'a reserved key': [
    valid.replace('{', '{"__proto__": {"codec": "h264"},'),
    '__proto__',
    '__proto__ is a reserved key; remove it',
  ],
  'a nested reserved key': [
    valid.replace('{', '{"resolved_tokens": {"constructor": "x"},'),
    'resolved_tokens.constructor',
    'resolved_tokens.constructor is a reserved key; remove it',
  ],
  'an unknown field': [
    valid.replace('{', '{"priority": 1,'),
    'priority',
    'priority is not a field of a JobSpec',
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
