import { describe, expect, it } from 'vitest';
import * as say from '../wording/messages.ts';
import { parseJobSpec } from '../contract/parse-job-spec.ts';
import { bytesOf, jobSpec, violationsOf } from '../testing/specimens.ts';

const named = (sources: string[], naming_template = '{source_name}') =>
  jobSpec({ sources, naming_template });
const refusal = (message: string) => [['naming_template', message]];

describe('output names are refused', () => {
  it('when two sources would share one, naming both', () => {
    expect(violationsOf(named(['/a/x.mov', '/b/y.mov', '/c/x.mxf']))).toEqual(
      refusal(say.sameName('x.mov', ['sources[0]', 'sources[2]'])),
    );
  });

  it('with one violation for each group that shares a name', () => {
    const sources = ['/a/x.mov', '/a/y.mov', '/b/x.mov', '/b/y.mov'];
    expect(violationsOf(named(sources))).toHaveLength(2);
  });

  it.each([
    ['case', 'clip', 'CLIP'],
    ['Unicode form', 'caf\u00e9', 'cafe\u0301'],
    ['both', 'CAF\u00c9', 'cafe\u0301'],
    ['a final sigma', 'ΟΔΟΣ', 'οδος'],
    ['a sharp s', 'straße', 'STRASSE'],
  ])('when two differ only in %s', (_, first, second) => {
    expect(violationsOf(named([`/a/${first}.mov`, `/a/${second}.mov`]))).toEqual(
      refusal(say.alikeNames([`${first}.mov`, `${second}.mov`], ['sources[0]', 'sources[1]'])),
    );
  });

  it('when one is longer than 255 bytes, whatever its characters', () => {
    const name = '🎬'.repeat(63);
    expect(violationsOf(named(['/a.mov', `/${name}.mov`]))).toEqual(
      refusal(say.longName(256, ['sources[1]'])),
    );
  });

  it('once when all are 300 bytes long', () => {
    const sources = ['/1', '/2', '/3', '/4', '/5'];
    const template = `{source_name}${'x'.repeat(295)}`;
    const all = sources.map((_, i) => `sources[${i}]`);
    expect(violationsOf(named(sources, template))).toEqual(refusal(say.longName(300, all)));
  });

  it('when one is empty before its extension', () => {
    expect(violationsOf(named(['/a', '/b.mov'], '{source_ext}{source_ext}'))).toEqual([
      ['naming_template', say.sameNameForAll('naming_template', 2, ['index', 'source_name'])],
    ]);
    expect(violationsOf(named(['/a'], '{source_ext}'))).toEqual(
      refusal(say.emptyName(['sources[0]'])),
    );
    expect(violationsOf(named(['/'], '{source_name}'))).toEqual(
      refusal(say.emptyName(['sources[0]'])),
    );
  });

  it.each([
    ['/a/.x.mov', '{source_name}', '.x.mov'],
    ['/a/...', '{source_name}', '...mov'],
    ['/a/x.mov', '.{source_name}', '.x.mov'],
  ])('when one begins with a dot: %s by %s', (source, template, name) => {
    expect(violationsOf(named([source], template))).toEqual(
      refusal(say.hiddenName(name, ['sources[0]'])),
    );
  });

  it('when a hostile file would make thousands of endless ones', { timeout: 60_000 }, () => {
    const sources = Array.from({ length: 5000 }, (_, i) => `/${i}${'x'.repeat(1000)}`);
    const template = '{source_name}'.repeat(39);
    expect(violationsOf(named(sources, template))).toHaveLength(1);
  });

  it('not when a job_id of dots stands inside a name', () => {
    const spec = jobSpec({ job_id: '..', naming_template: '{index}{job_id}' });
    expect(parseJobSpec(bytesOf(spec)).job_id).toBe('..');
    expect(violationsOf({ ...spec, sources: ['/a'], naming_template: '{job_id}' })).toEqual(
      refusal(say.hiddenName('...mov', ['sources[0]'])),
    );
  });
});

describe('output names are accepted', () => {
  it('with exactly 255 bytes', () => {
    const spec = named([`/${'x'.repeat(251)}.mov`]);
    expect(parseJobSpec(bytesOf(spec)).sources).toHaveLength(1);
  });

  it('when the index tells equal sources apart', () => {
    const spec = named(['/a/x.mov', '/b/X.mov'], '{source_name}_{index}');
    expect(parseJobSpec(bytesOf(spec)).sources).toHaveLength(2);
  });
});
