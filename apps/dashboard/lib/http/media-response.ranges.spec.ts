import { describe, expect, it } from 'vitest';
import { rangeOf } from './media-response.ts';

describe('the bytes that a player asks for', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-100', { start: 0, end: 99 }],
    ['bytes=-101', { start: 0, end: 99 }],
    ['bytes= -999999999999999999999', { start: 0, end: 99 }],
    ['bytes=100-', 'none'],
    ['bytes=999999999999999-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=20-10', 'none'],
  ])('%s of 100', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });

  it.each([
    null,
    '',
    'bytes=',
    'bytes=-',
    'bytes=0-1,5-6',
    'bytes=0-1,-500',
    'items=0-1',
    'bytes=a-b',
  ])('are all of them when a header says no single range: %s', (header) => {
    expect(rangeOf(header, 100)).toBeNull();
  });

  it('are none of an empty file', () => {
    for (const header of ['bytes=0-', 'bytes=-1']) expect(rangeOf(header, 0)).toBe('none');
  });
});
