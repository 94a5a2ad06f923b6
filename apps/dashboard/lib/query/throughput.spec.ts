import { describe, expect, it } from 'vitest';
import { memoryIndex } from './memory-index.ts';
import { throughputByDay } from './throughput.ts';
import { unclearCounts } from './unclear-jobs.ts';

const NOW = new Date('2026-11-26T12:00:00').getTime();
const index = memoryIndex([
  { state: 'completed', base: 'a', facts: { when: NOW } },
  { state: 'completed', base: 'b', facts: { when: NOW, problem: 'b is half-written.' } },
  { state: 'completed', base: 'c', facts: { when: NOW, problem: 'c is gone.' } },
  { state: 'failed', base: 'd', facts: { when: NOW } },
  { state: 'failed', base: 'e', facts: { when: NOW, problem: 'e is gone.' } },
]);

describe('jobs whose results can not be read', () => {
  it('are neither completed nor failed, wherever they lie', () => {
    const [today] = throughputByDay(index, 1, NOW);
    expect(today).toEqual({ label: '2026-11-26', completed: 1, failed: 1, unclear: 3 });
  });

  it('are counted by folder', () => {
    expect(unclearCounts(index).get('f')).toEqual({ completed: 2, failed: 1 });
  });
});
