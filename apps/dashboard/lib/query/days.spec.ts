import { afterEach, describe, expect, it, vi } from 'vitest';
import { spanOfDay, startOfLastDays } from './days.ts';

describe('days', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are those of the time zone of the server', () => {
    vi.stubEnv('TZ', 'America/Los_Angeles');
    const start = startOfLastDays(1, Date.parse('2026-11-24T05:00:00Z'));
    expect(new Date(start).toISOString()).toBe('2026-11-23T08:00:00.000Z');
  });

  it('may have 23 or 25 hours', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const hours = ['2026-03-29', '2026-10-25', '2026-11-24'].map((day) => {
      const { from, to } = spanOfDay(day);
      return (to + 1 - from) / 3_600_000;
    });
    expect(hours).toEqual([23, 25, 24]);
  });

  it('are counted back over the change of the clocks', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const start = startOfLastDays(3, Date.parse('2026-10-26T00:30:00+01:00'));
    expect(start).toBe(Date.parse('2026-10-24T00:00:00+02:00'));
  });
});
