import { expect, it } from 'vitest';
import { writtenMoment } from './written-moment.ts';

const NOW = Date.parse('2026-12-01T07:00:00Z');

it.each([
  ['2026-12-01T01:29:00Z', 'UTC', '01:29'],
  ['2026-11-30T01:29:00Z', 'UTC', 'yesterday 01:29'],
  ['2026-11-29T23:59:59Z', 'UTC', '29 Nov 23:59'],
  ['2026-11-30T13:29:00Z', 'Etc/GMT-12', '01:29'],
  ['2026-09-02T00:05:00Z', 'UTC', '2 Sep 00:05'],
  ['2025-11-30T01:29:00Z', 'UTC', '30 Nov 2025 01:29'],
  ['2026-12-02T07:23:00Z', 'UTC', '2 Dec 07:23'],
])('%s in %s is written %s', (at, zone, written) => {
  expect(writtenMoment(Date.parse(at), zone, NOW)).toBe(written);
});

it('yesterday is the day before, also in the night after clocks went forward', () => {
  const now = Date.parse('2027-03-29T00:30:00+02:00');
  const written = (at: string) => writtenMoment(Date.parse(at), 'Europe/Berlin', now);
  expect(written('2027-03-27T21:00:00+01:00')).toBe('27 Mar 21:00');
  expect(written('2027-03-28T01:29:00+01:00')).toBe('yesterday 01:29');
});
