import type { JobState } from '@app/jobspec/folder';
import { describe, expect, it } from 'vitest';
import { bareRow } from '../index/job-row.ts';
import { dayOf, spanOfDay } from './days.ts';
import { throughputByDay, throughputByHour } from './throughput.ts';

const HOUR = 3_600_000;
const NOW = spanOfDay('2026-11-24').from + 15 * HOUR;

function ended(hoursAgo: number, state: JobState = 'completed') {
  const reference = { folder: 'w', state, name: 'x.json', modifiedAt: NOW - hoursAgo * HOUR };
  return bareRow(reference, null, null);
}

describe('throughput', () => {
  it('counts jobs that ended by day, also days without any', () => {
    const rows = [ended(0), ended(1, 'failed'), ended(49), ended(500)];
    expect(
      throughputByDay(rows, 3, NOW).map(({ completed, failed }) => [completed, failed]),
    ).toEqual([
      [1, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  it('counts the jobs of today by the hour', () => {
    const hours = throughputByHour([ended(0), ended(0.5), ended(15, 'failed'), ended(16)], NOW);
    const told = hours.filter(({ completed, failed }) => completed + failed > 0);
    expect(told.map(({ label, completed, failed }) => [label, completed, failed])).toEqual([
      ['00', 0, 1],
      ['14', 1, 0],
      ['15', 1, 0],
    ]);
  });

  it('leaves out what has not ended', () => {
    const rows = [ended(0, 'running'), ended(0, 'pending')];
    expect(throughputByDay(rows, 1, NOW)).toMatchObject([
      { label: dayOf(NOW), completed: 0, failed: 0 },
    ]);
  });
});
