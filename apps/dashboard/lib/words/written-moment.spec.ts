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
