import { describe, expect, it } from 'vitest';
import { clipFacts, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { NotAResult, parseResult, type ReadClip } from './read.ts';
import type { Schema } from '../schema/json-schema.ts';
import { resultSchema } from './result-schema.ts';

const HEAD = '"job_id": "a", "final_status": "COMPLETED"';
const MIB = 'x'.repeat(2 ** 20 + 1);
const LARGE = ' '.repeat(2 ** 18);

/** Value with every field of a schema. */
function sampleOf(schema: Schema): unknown {
  const { anyOf, items, properties } = schema as Record<'anyOf' | 'items' | 'properties', object>;
  if (anyOf) return sampleOf(Object.values(anyOf)[0] as Schema);
  const samples: Record<string, () => unknown> = {
    string: () => 'a',
    integer: () => 1,
    number: () => 0.5,
    boolean: () => true,
    array: () => [sampleOf(items as Schema)],
    object: () =>
      Object.fromEntries(
        Object.entries(properties ?? {}).map(([key, one]) => [key, sampleOf(one as Schema)]),
      ),
  };
  const [known] = [schema['enum'] ?? schema['const'] ?? 'anything'].flat();
  return samples[String([schema['type']].flat()[0])]?.() ?? known;
}

function read(value: unknown) {
  const clips: ReadClip[] = [];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const head = parseResult(Buffer.from(text), (clip) => clips.push(clip));
  return { ...head, clips };
}

describe('the reader of results', () => {
  it('gives what the runner wrote, in one piece and in many', () => {
    const result = jobResult();
    const { clips, ...head } = result;
    for (const text of [JSON.stringify(result), JSON.stringify(result) + LARGE]) {
      expect(read(text)).toMatchObject({ ...head, listed: 1, clips });
      expect(read(`\u{feff}${text}`)).toMatchObject(head);
    }
  });

  it('hands over clips one by one, with their places', () => {
    const result = jobResult({ clips: ['A', 'B'].map((name) => clipResult(name)) });
    const places: number[] = [];
    parseResult(Buffer.from(JSON.stringify(result)), (_, index) => places.push(index));
    expect(places).toEqual([0, 1]);
  });

  it.each([
    ['[]', 'holds no JSON object'],
    ['{', 'is not valid JSON'],
    ['{}', 'is not a result of the runner: job_id is missing'],
    ['{"job_id": "a", "final_status": "DONE"}', 'final_status is not one of'],
    [`{${HEAD}}`, 'clips is not a list'],
    [`{${HEAD}, "clips": [1]}`, 'clips[0] is not an object'],
    [`{${HEAD}, "clips": [{}]}`, 'clips[0].status is not one of'],
    [`{${HEAD}, "failure_reason": "${MIB}", "clips": []}`, 'a failure_reason of more than 1 MiB'],
    [`{${HEAD}, "clips": ["${MIB}"]}`, 'holds an element of clips of more than 1 MiB'],
    [`{${HEAD}, "clips": [], "clips": []}${LARGE}`, 'names clips twice'],
    [
      `{${HEAD}, "clips": [${Array.from({ length: 10_001 }, () => '{}').join()}]}`,
      'lists more than 10000 clips; a job has at most 10000',
    ],
    [`{${HEAD}, "clips": ${'['.repeat(200)}${']'.repeat(200)}}`, 'nests deeper than 100 levels'],
    [`{${HEAD}, "clips": ${'['.repeat(99)}${']'.repeat(99)}}`, 'clips[0] is not an object'],
    ['', 'is not valid JSON'],
    ['null', 'holds no JSON object'],
  ])('says what is no result: %.60s', (text, flaw) => {
    expect(() => read(text)).toThrow(NotAResult);
    expect(() => read(text)).toThrow(flaw);
  });

  it('takes odd values for nothing, and the clips for the evidence', () => {
    const odd = {
      job_id: 'a',
      final_status: 'FAILED',
      failure_type: 'NewError',
      violations: 'none',
      clips: [{ status: 'FAILED', pictures: [{}, 7], verification: 'x', duration_seconds: -1 }],
      total_clips: -5,
      completed_clips: 99,
      cause: { code: 7 },
    };
    expect(read(odd)).toMatchObject({
      failure_type: null,
      violations: [],
      total_clips: 1,
      completed_clips: 0,
      failed_clips: 1,
      cause: null,
      clips: [{ source_path: '', pictures: [], verification: [], duration_seconds: 0 }],
    });
  });

  it('gives facts as they are written', () => {
    const odd = { code: 'engine_exited', arguments: { code: 1, said: ['a'], odd: {} } };
    const facts = { ...clipFacts(), cause: odd };
    const cause = { code: 'source_missing', arguments: {}, source_index: 3 };
    const { clips, ...head } = read({
      ...jobResult(),
      cause,
      clips: [{ ...clipResult(), facts, a_new_field: 1 }],
    });
    const told = { code: 'engine_exited', arguments: { code: 1, said: ['a'] } };
    expect(clips[0]?.facts).toEqual({ ...facts, cause: told });
    expect(head).toMatchObject({ cause });
  });

  it('reads back every field of the schema', () => {
    const { clips: all, ...rest } = sampleOf(resultSchema()) as Record<string, unknown>;
    const { clips, ...known } = read({ ...rest, clips: all });
    expect(clips).toEqual(all);
    expect(known).toMatchObject(rest);
  });
});
