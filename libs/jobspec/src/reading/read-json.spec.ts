import { describe, expect, it } from 'vitest';
import * as say from '../wording/messages.ts';
import { parseJobSpec } from '../contract/parse-job-spec.ts';
import { bytesOf, jobSpec, refusalOf, violationsOf, unknownField } from '../testing/specimens.ts';
import { readJob } from '../contract/job-reading.ts';

const BOM = '\ufeff';
const valid = JSON.stringify(jobSpec(), null, 2);
const deep = (levels: number) =>
  `{"jobspec_version":2,"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('a file that is no JSON', () => {
  it.each<[string, string, string, number, number]>([
    ['an empty file', '', say.emptyFile(), 1, 1],
    ['white space alone', ' \n', say.emptyFile(), 1, 1],
    ['a truncated file', '{\n  "codec": "h264",\n  "sou', say.endsTooEarly(), 3, 3],
    ['an object that is not closed', '{"a": [1, 2', say.endsTooEarly(), 1, 12],
    ['a trailing comma', '{\n  "a": 1,\n}', 'a key in double quotes is expected', 3, 1],
    ['a missing comma', '{"a": 1\r\n"b": 2}', 'a comma or the closing bracket is expected', 2, 1],
    ['a missing colon', '{"a" 1}', 'a colon is expected after the key', 1, 6],
    ['a missing value', '{"a": }', 'a value is expected', 1, 7],
    [
      'a word without quotes',
      '{"a": tru}',
      'this is not a JSON value; strings and keys need double quotes',
      1,
      7,
    ],
    ['a comment', '{\n// hello\n"a": 1}', 'comments are not allowed', 2, 1],
    [
      'a tab in a string',
      '{"a": "x\ty"}',
      'a control character must be written as an escape such as \\n',
      1,
      7,
    ],
    ['a newline in a string', '{"a": "x\ny"}', 'a string is not closed on its line', 1, 7],
    [
      'a wrong escape',
      '{"a": "C:\\media"}',
      "a backslash is followed by a character that JSON can't escape",
      1,
      7,
    ],
    [
      'a wrong \\u escape',
      '{"a": "\\u12"}',
      '\\u must be followed by four hexadecimal digits',
      1,
      7,
    ],
    ['an incomplete number', '{"a": 1.}', 'a number is incomplete', 1, 7],
    ['text after the object', '{} {}', 'nothing may follow the JSON object', 1, 4],
    ['zero bytes', '\0\0\0', 'this is not a JSON value; strings and keys need double quotes', 1, 1],
    ['one level too many', deep(33), say.tooDeep(), 1, 57],
  ])('is refused with its place: %s', (_, file, message, line, column) => {
    const { type, message: reason, violations } = refusalOf(file);
    expect(type).toBe('InvalidJsonError');
    expect(violations).toEqual([{ path: '', message, line, column }]);
    expect(reason).toBe(`Invalid JSON: ${message} (line ${line}, column ${column})`);
  });

  it.each(['"x', '{"a":-', '{"a":', '{"a', '[', '{"a":"\\', '{"a":1,', '{"a":tr'])(
    'is refused with a sentence and a place when it ends with %j',
    (file) => {
      const { type, violations } = refusalOf(file);
      expect(type).toBe('InvalidJsonError');
      expect(violations).toMatchObject([{ path: '', line: 1, column: expect.any(Number) }]);
    },
  );

  it.each([
    'S3cr3t',
    '"S3cr3t',
    '"S3cr3t" x',
    '"S3cr3t"',
    '["S3cr3t"]',
    '{"S3cr3t"}',
    '{"S3cr3t": }',
    '{"a": "S3cr3t" "b"}',
    '{"a": "\\S3cr3t"}',
    '{"a": "\\uS3cr3t"}',
    '{"a": "S3cr3t\t"}',
    '{"a": S3cr3t}',
    '{"S3cr3t": 1, "S3cr3t": 2, "constructor": {"S3cr3t": 1, "S3cr3t": 2}}',
    '{"job_id": "/S3cr3t", "codec": "S3cr3t", "viewing": {"S3cr3t": 1}}',
  ])('and may be no JobSpec has nothing repeated: %j', (file) => {
    const { message, violations, facts } = refusalOf(file);
    expect(JSON.stringify([message, violations, facts])).not.toContain('S3cr3t');
  });

  it('is refused without being read when it is larger than 8 MiB', () => {
    const file = new Uint8Array(9 * 1024 * 1024);
    expect(refusalOf(file)).toMatchObject({
      type: 'InvalidJsonError',
      message: say.invalidJson(say.tooLarge()),
    });
  });

  it.each([' '.repeat(65_536), String.raw`\n`.repeat(65_536)])(
    'is refused when blanks or escapes follow each other without end',
    (run) => {
      expect(refusalOf(`{"a": "${run}"}`).message).toBe(say.invalidJson(say.longRun()));
    },
  );

  it('is refused when it is 100,000 levels deep', () => {
    expect(refusalOf('{"a":'.repeat(100_000)).message).toContain(say.tooDeep());
  });

  it('is refused when it is a string of 8 million characters that never ends', () => {
    expect(refusalOf(`"${'\\"'.repeat(4_000_000)}`).type).toBe('InvalidJsonError');
  });
});

describe('the encoding of a file', () => {
  it.each<[string, Buffer]>([
    ['with little endian BOM', Buffer.from(BOM + valid, 'utf16le')],
    ['with big endian BOM', Buffer.from(BOM + valid, 'utf16le').swap16()],
    ['little endian', Buffer.from(valid, 'utf16le')],
    ['big endian', Buffer.from(valid, 'utf16le').swap16()],
  ])('is named when it is UTF-16, %s', (_, file) => {
    expect(refusalOf(file).message).toBe(say.invalidJson(say.utf16()));
  });

  it('is named when it is Latin-1', () => {
    expect(refusalOf(Buffer.from('{\n  "a": "\xe9"}', 'latin1'))).toMatchObject({
      type: 'InvalidJsonError',
      violations: [{ path: '', message: say.notUtf8() }],
    });
  });

  it('is judged to the end: half a character is not UTF-8', () => {
    const file = bytesOf('{"a": "🎬').slice(0, -1);
    expect(refusalOf(file).violations[0]?.message).toBe(say.notUtf8());
  });

  it('may begin with a UTF-8 BOM', () => {
    expect(parseJobSpec(bytesOf(BOM + valid)).codec).toBe('prores_proxy');
  });

  it('may not begin with two BOMs', () => {
    expect(refusalOf(BOM + BOM + valid).type).toBe('InvalidJsonError');
  });
});

describe('JSON that is no object', () => {
  it.each(['[]', '[{}]', '1', '"{}"', 'null', 'true'])('is a contract violation: %s', (file) => {
    const { type, violations } = refusalOf(file);
    expect(type).toBe('JobSpecValidationError');
    expect(violations).toEqual([{ path: '', message: say.notAnObject() }]);
  });

  it('says so also for the deepest nesting that is read', () => {
    expect(violationsOf(deep(32)).at(-1)).toEqual(['a', unknownField('a')]);
  });
});

describe('a file is complete', () => {
  it('never when any of its last bytes are missing', () => {
    const file = bytesOf(JSON.stringify(jobSpec({ naming_template: '{source_name} "\\{}🎬' })));
    const complete = Array.from(file, (_, end) => end).filter(
      (end) => readJob(file.subarray(0, end)).isComplete,
    );
    expect(complete).toEqual([]);
    expect(readJob(file).isComplete).toBe(true);
  });

  it.each([valid, BOM + valid, `${valid}\r\n`, '{}', '{"a":1,"a":2}'])(
    'when it is one object: %j',
    (file) => {
      expect(readJob(bytesOf(file)).isComplete).toBe(true);
    },
  );

  it.each(['', '1', '[]', 'null', '{}{}', `${valid}\0`, '{"a":1', deep(100)])(
    'not when it is %j',
    (file) => {
      expect(readJob(bytesOf(file)).isComplete).toBe(false);
    },
  );
});
