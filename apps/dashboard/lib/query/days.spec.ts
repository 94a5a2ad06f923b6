import { afterEach, describe, expect, it, vi } from 'vitest';
import { dayOf, lastDays, spanOfDay } from './days.ts';

describe('days', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are those of the time zone of the server', () => {
    vi.stubEnv('TZ', 'America/Los_Angeles');
    expect(dayOf(Date.parse('2026-11-24T05:00:00Z'))).toBe('2026-11-23');
  });

  it('may have 23 or 25 hours', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const hours = ['2026-03-29', '2026-10-25', '2026-11-24'].map((day) => {
      const { from, to } = spanOfDay(day);
      return (to + 1 - from) / 3_600_000;
    });
    expect(hours).toEqual([23, 25, 24]);
  });

  it('are counted back over the change of the clocks without a gap or a repeat', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(lastDays(3, Date.parse('2026-10-26T00:30:00+01:00'))).toEqual([
      '2026-10-24',
      '2026-10-25',
      '2026-10-26',
    ]);
  });
});
