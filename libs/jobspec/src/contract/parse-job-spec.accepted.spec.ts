import { describe, expect, it } from 'vitest';
import * as say from '../wording/messages.ts';
import { parseJobSpec } from './parse-job-spec.ts';
import { asRead, bytesOf, jobSpec, violationsOf, type Fields } from '../testing/specimens.ts';
import {
  CODEC_CONTAINERS,
  CODECS,
  CONTAINERS,
  type Codec,
  type Container,
} from '../vocabulary/vocabulary.ts';

const one = { sources: ['/media/A001C001.mov'] };
const path4k = `/${'x'.repeat(4000)}`;
const many = Array.from({ length: 10_000 }, (_, i) => `/media/${i}.mov`);

const pairs = CODECS.flatMap((codec) => CONTAINERS.map((container) => ({ codec, container })));
const isAllowed = ({ codec, container }: { codec: Codec; container: Container }) =>
  CODEC_CONTAINERS[codec].some((allowed) => allowed === container);

describe('a JobSpec is accepted', () => {
  it.each<[string, Fields]>([
    ['with every field', {}],
    ['without job_id', { job_id: undefined }],
    ['with a job_id of one character', { job_id: '.' }],
    ['with a job_id of 128 characters', { job_id: 'a'.repeat(128) }],
    ['with the longest $schema', { $schema: '🎬'.repeat(2048) }],
    ['of 2.2 with a $schema', { jobspec_version: '2.2', $schema: '' }],
    ['with 10,000 sources', { sources: many }],
    ['with one source and a fixed name', { ...one, naming_template: 'proxy' }],
    [
      'with the same source twice, told apart by index',
      { sources: ['/a', '/a'], naming_template: '{index}' },
    ],
    ['with a long path', { sources: [path4k], naming_template: 'a' }],
    ['with any characters in a path', { sources: ['/a/%03d \'"\n\t\u0007-🎬.mov'] }],
    ['with a size', { resolution: '1920x1080' }],
    ['with the smallest size', { resolution: '16x16' }],
    ['with the largest size', { resolution: '16384x16384' }],
    ['with an odd size', { resolution: '1279x721' }],
    ['without fps_mode', { fps_mode: undefined }],
    ['without fps_explicit', { fps_explicit: undefined }],
    ['without both fps fields', { fps_mode: undefined, fps_explicit: undefined }],
    ['with an explicit rate', { fps_mode: 'explicit', fps_explicit: 23.976 }],
    ['without resolved_tokens', { resolved_tokens: undefined }],
    ['with no resolved_tokens in the object', { resolved_tokens: {} }],
    [
      'with a token named like a method',
      { resolved_tokens: { toString: 'x', hasOwnProperty: 'y' } },
    ],
    ['without created_at', { created_at: undefined }],
    ['with created_at in UTC', { created_at: '2024-02-29T23:59:59.123456Z' }],
    ['with created_at west of Greenwich', { created_at: '2025-01-31T00:00:00-09:30' }],
    ['with two dots inside the template', { naming_template: '{source_name}..proxy' }],
    [
      'with quotes, emoji and newlines in the template',
      { naming_template: '{source_name} "\'🎬\n' },
    ],
  ])('%s', (_, overrides) => {
    const spec = jobSpec(overrides);
    const given = Object.fromEntries(
      Object.entries(spec).filter(([, value]) => value !== undefined),
    );
    expect(parseJobSpec(bytesOf(spec))).toMatchObject(asRead(given));
  });

  it('with the order of its sources kept', () => {
    const sources = ['/z.mov', '/a.mov', '/m.mov'];
    expect(parseJobSpec(bytesOf(jobSpec({ sources }))).sources).toEqual(sources);
  });

  it('with the defaults of what it leaves out', () => {
    const spec = parseJobSpec(bytesOf(jobSpec({ fps_mode: undefined, fps_explicit: undefined })));
    expect(spec).toMatchObject({ fps_mode: 'same-as-source', fps_explicit: null });
  });

  it('with resolved_tokens as they were written', () => {
    const resolved_tokens = { toString: 'x', reel: '' };
    expect(parseJobSpec(bytesOf(jobSpec({ resolved_tokens }))).resolved_tokens).toEqual(
      new Map(Object.entries(resolved_tokens)),
    );
  });

  it.each(pairs.filter(isAllowed))('for $codec in $container', ({ codec, container }) => {
    expect(parseJobSpec(bytesOf(jobSpec({ codec, container })))).toMatchObject({
      codec,
      container,
    });
  });
});

describe('a JobSpec is refused', () => {
  it.each(pairs.filter((pair) => !isAllowed(pair)))(
    'for $codec in $container, naming what is allowed',
    ({ codec, container }) => {
      const message = say.wrongContainer('container', codec, CODEC_CONTAINERS[codec], container);
      expect(violationsOf(jobSpec({ codec, container }))).toEqual([['container', message]]);
    },
  );
});
