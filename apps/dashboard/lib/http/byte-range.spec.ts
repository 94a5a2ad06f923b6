import { describe, expect, it } from 'vitest';
import { rangeOf } from './byte-range.ts';

describe('the bytes that a player asks for', () => {
  it.each([
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=10-19', { from: 10, to: 19 }],
    ['bytes=90-1000', { from: 90, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-1000', { from: 0, to: 99 }],
    ['bytes=100-', 'none'],
    ['bytes=999999999999999-', 'none'],
    ['bytes=-0', 'none'],
  ])('%s of 100', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });

  it.each([
    null,
    '',
    'bytes=',
    'bytes=-',
    'bytes=20-10',
    'bytes=0-1,5-6',
    'items=0-1',
    'bytes=a-b',
  ])('are all of them when a header says no single range: %s', (header) => {
    expect(rangeOf(header, 100)).toBeNull();
  });

  it('are none of an empty file', () => {
    expect(rangeOf('bytes=0-', 0)).toBe('none');
  });
});
