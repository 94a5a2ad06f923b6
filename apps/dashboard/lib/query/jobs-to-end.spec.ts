import { expect, it } from 'vitest';
import { DEFAULT_QUERY } from './job-query.ts';
import { jobsToEnd } from './jobs-to-end.ts';
import { memoryIndex } from './memory-index.ts';
import { countUnclear } from './unclear-jobs.ts';

const NOW = new Date('2026-11-26T15:00:00').getTime();
const index = memoryIndex([
  { state: 'pending', base: 'a', facts: { when: NOW } },
  { state: 'running', base: 'b', facts: { when: NOW } },
  { state: 'completed', base: 'c', facts: { when: NOW, problem: 'c.result.json is gone.' } },
  { state: 'completed', base: 'd', facts: { when: NOW } },
  { state: 'failed', base: 'e', facts: { when: NOW, problem: 'e.result.json is gone.' } },
  { state: 'pending', base: 'f', facts: { when: NOW, problem: 'f is no JobSpec.' } },
]);

it.each([
  ['2026-11-26', {}, 3],
  ['2026-11-26', { state: 'completed', clip_state: 'failed' }, 3],
  ['2026-11-26', { folder: 'elsewhere' }, 0],
  ['2026-11-25', {}, null],
])('a report of %s, %j, knows how many jobs may still end: %s', (day, filters, expected) => {
  expect(jobsToEnd(index, { ...DEFAULT_QUERY, ...filters, day }, NOW)).toBe(expected);
});

it.each([
  [{}, 2],
  [{ state: 'completed' }, 1],
  [{ state: 'pending' }, 0],
])('of the jobs of a view some are not known: %j, %i', (filters, expected) => {
  expect(countUnclear(index, { ...DEFAULT_QUERY, ...filters })).toBe(expected);
});
