import { describe, expect, it } from 'vitest';
import { plural, formatBytes, formatCount, formatDuration } from './quantities.ts';
import { fileNameOf } from '../index/paths.ts';

describe('quantities', () => {
  it.each([
    [0, '0 B'],
    [-42, 'unknown'],
    [999, '999 B'],
    [12_345_678, '12.3 MB'],
    [240_000_000_000, '240 GB'],
    [1.2e15, '1.2 PB'],
    [0.333_333_333, '0 B'],
    [1e308, '> 9,999 PB'],
    [Number.POSITIVE_INFINITY, '> 9,999 PB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0.42, '0.4 s'],
    [-5, 'unknown'],
    [59.4, '59 s'],
    [245, '4 min 05 s'],
    [7380, '2 h 03 min'],
    [59.6, '1 min 00 s'],
    [1e308, '> 999,999 h'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('counts in singular and plural', () => {
    expect([plural(1, 'clip'), plural(1200, 'clip')]).toEqual(['1 clip', '1,200 clips']);
    expect([plural(1, 'proxy'), plural(2, 'proxy')]).toEqual(['1 proxy', '2 proxies']);
  });

  it('writes no count that is wider than its place', () => {
    expect(formatCount(1e308)).toBe('> 999,999,999');
  });

  it('takes the file name of either kind of path', () => {
    expect([fileNameOf('/a/b.mov'), fileNameOf(String.raw`Z:\a\b.mov`)]).toEqual([
      'b.mov',
      'b.mov',
    ]);
  });
});
