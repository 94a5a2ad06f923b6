import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { latestCauses } from './causes.ts';
import { jobNamed } from './job-rows.ts';
import { laterTryOf } from './later-try.ts';
import { isNumbered, leftToMake } from './left-to-make.ts';
import { memoryIndex } from './memory-index.ts';

type Status = 'COMPLETED' | 'FAILED' | 'NOT_MADE';

/** A job that failed, at clips named a, b, c and so on. */
function failed(base: string, when: number, reason: string, clips: Record<string, Status>) {
  return {
    state: 'failed' as const,
    base,
    facts: {
      when,
      final_status: 'FAILED' as const,
      failure_type: 'EngineError' as const,
      failure_reason: reason,
    },
    clips: Object.entries(clips).map(([name, status]) =>
      unmadeClip(`/m/${name}.mov`, status, when, null),
    ),
  };
}

const first = failed('first', 1, 'FFmpeg was killed', {
  a: 'COMPLETED',
  b: 'FAILED',
  c: 'NOT_MADE',
});
const again = failed('again', 2, 'moov atom not found', { b: 'COMPLETED', c: 'FAILED' });
const index = memoryIndex([first, again]);
const of = (base: string) => laterTryOf(index, jobNamed(index, 'f', 'failed', base) ?? { id: -1 });

it('names the job that tried since what an earlier one left open, and failed', () => {
  expect(of('first.json')).toEqual({
    clips: 1,
    jobs: [{ folder: 'f', state: 'failed', name: 'again.json' }],
  });
  expect(of('again.json')).toBeNull();
});

it('does not take a job for a try that was refused before it began', () => {
  const refused = { ...again, facts: { ...again.facts, final_status: 'PARTIAL' as const } };
  const one = memoryIndex([first, refused]);
  expect(laterTryOf(one, jobNamed(one, 'f', 'failed', 'first.json') ?? { id: -1 })).toBeNull();
});

it('counts what is open where it failed last, and once', () => {
  const causes = latestCauses(index, 8, 3).map(({ job, open, elsewhere, made }) => {
    return { job: job.name, open, elsewhere, made };
  });
  expect(causes).toEqual([
    { job: 'again.json', open: 1, elsewhere: 0, made: null },
    { job: 'first.json', open: 0, elsewhere: 1, made: null },
  ]);
});

it('names all jobs that tried parts since, and what is left to make', () => {
  const part = failed('part', 3, 'no space', { b: 'FAILED' });
  const both = memoryIndex([first, failed('again', 2, 'moov', { c: 'FAILED' }), part]);
  const row = jobNamed(both, 'f', 'failed', 'first.json') ?? { id: -1 };
  expect(laterTryOf(both, row)).toMatchObject({
    clips: 2,
    jobs: [{ name: 'part.json' }, { name: 'again.json' }],
  });
  expect(leftToMake(both, row)).toEqual({ total: 2, names: ['b.mov', 'c.mov'] });
  const once = jobNamed(index, 'f', 'failed', 'first.json') ?? { id: -1 };
  expect(leftToMake(index, once)).toEqual({ total: 1, names: ['c.mov'] });
});

it('tells clips of one name apart by their folders', () => {
  const clips = ['/s1/C1.mov', '/s2/C1.mov', '/s2/C2.mov'].map((path, at) =>
    unmadeClip(path, at === 0 ? 'COMPLETED' : 'NOT_MADE', 1, null),
  );
  const two = memoryIndex([{ ...first, clips }]);
  const row = jobNamed(two, 'f', 'failed', 'first.json') ?? { id: -1 };
  expect(leftToMake(two, row).names).toEqual(['/s2/C1.mov', 'C2.mov']);
});

it.each([
  ['p_{index}', ['a.mov'], true],
  ['{source_name}_{index}', ['a.mov'], false],
  ['{source_name}_{index}', ['/card/B/a.mov'], true],
  ['{source_name}_proxy', ['/card/B/a.mov'], false],
  [undefined, ['a.mov'], false],
])('the template %j with %j left: numbers alone tell proxies apart, %s', (template, names, is) => {
  expect(isNumbered(template, { total: 1, names })).toBe(is);
});
