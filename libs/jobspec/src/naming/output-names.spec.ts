import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jobIdOf } from '../folder/job-id.ts';
import { parseJobSpec } from '../contract/parse-job-spec.ts';
import { bytesOf, jobSpec, type Fields } from '../testing/specimens.ts';
import { outputNames } from './output-names.ts';

/** The names that a JobSpec leads to. */
function namesOf(overrides: Fields): string[] {
  const bytes = bytesOf(jobSpec(overrides));
  const spec = parseJobSpec(bytes);
  return outputNames(spec, jobIdOf(bytes, spec));
}

const one = (source: string, naming_template: string, rest: Fields = {}) =>
  namesOf({ sources: [source], naming_template, ...rest })[0];

describe('output names', () => {
  it('come in the order of the sources, with the extension of the container', () => {
    expect(namesOf({ sources: ['/z.mxf', '/a.mov'], codec: 'h264', container: 'mp4' })).toEqual([
      'z_proxy.mp4',
      'a_proxy.mp4',
    ]);
  });

  it.each<[string, string, string]>([
    ['/m/A001.C003.mov', '{source_name}', 'A001.C003.mov'],
    ['/m/A001.MOV', 'x_{source_ext}', 'x_MOV.mov'],
    ['/m/A001', 'x{source_ext}', 'x.mov'],
    ['/m/A001.', '{source_name}', 'A001.mov'],
    ['/m/frames/', '{source_name}', 'frames.mov'],
    ['/m/.hidden', 'x{source_name}{source_ext}', 'x.hidden.mov'],
    ['/m/a.mov', '{index}', '000.mov'],
    ['/m/a.mov', '{job_id}', 'A001-dailies.mov'],
    ['/m/a.mov', '{codec}-{resolution}', 'prores_proxy-half.mov'],
    ['/m/a.mov', '{source_name}{source_name}', 'aa.mov'],
    ['/m/{index}.mov', '{source_name}', '{index}.mov'],
    ['/m/$&$1.mov', '{source_name}', '$&$1.mov'],
    ['/m/%03d "q" \'s\'\n\u0007🎬.mov', '-{source_name}', '-%03d "q" \'s\'\n\u0007🎬.mov'],
  ])('of %j by %j is %j', (source, template, name) => {
    expect(one(source, template)).toBe(name);
  });

  it.each([
    ['2025-12-28T23:59:58+14:00', '20251228-235958.mov'],
    ['2025-12-28T00:00:00-11:00', '20251228-000000.mov'],
    ['2024-02-29T12:34:56.789Z', '20240229-123456.mov'],
  ])('have the date and time as written: %s', (created_at, name) => {
    expect(one('/a.mov', '{date}-{time}', { created_at })).toBe(name);
  });

  it('count from 000 and grow past 999', () => {
    const sources = Array.from({ length: 1001 }, () => '/a.mov');
    const names = namesOf({ sources, naming_template: '{index}' });
    expect([names[0], names[42], names[999], names[1000]]).toEqual([
      '000.mov',
      '042.mov',
      '999.mov',
      '1000.mov',
    ]);
  });

  it('are those that the documentation promises', () => {
    const page = readFileSync(new URL('../../../../docs/jobspec.md', import.meta.url), 'utf8');
    const example = bytesOf(/```json\n(\{[^]*?)```/.exec(page)?.[1] ?? '');
    const spec = parseJobSpec(example);
    const names = outputNames(spec, jobIdOf(example, spec));
    expect(page).toContain(`This makes \`${names[0]}\` and \`${names[1]}\`.`);
  });

  it('use the hash of the file when it names no job', () => {
    expect(one('/a.mov', '{job_id}', { job_id: undefined })).toMatch(/^[0-9a-f]{8}\.mov$/);
  });

  it('never use resolved_tokens', () => {
    expect(one('/a.mov', '{source_name}', { resolved_tokens: { source_name: 'b' } })).toBe('a.mov');
  });
});
