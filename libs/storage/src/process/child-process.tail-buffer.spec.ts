import { describe, expect, it } from 'vitest';
import { TailBuffer } from './child-process.ts';

describe('TailBuffer', () => {
  it('keeps everything that fits', () => {
    const tail = new TailBuffer(10);
    tail.append(Buffer.from('abc'));
    tail.append(Buffer.from('def'));
    expect(tail.toString()).toBe('abcdef');
  });

  it('keeps the last bytes of a flood', () => {
    const tail = new TailBuffer(10);
    for (let i = 0; i < 1000; i++) tail.append(Buffer.from(String(i)));
    expect(tail.toString()).toBe('6997998999');
  });

  it('keeps the last bytes of one huge chunk', () => {
    const tail = new TailBuffer(4);
    tail.append(Buffer.from('x'.repeat(100) + 'tail'));
    expect(tail.toString()).toBe('tail');
  });

  it('is empty at first', () => {
    expect(new TailBuffer(10).toString()).toBe('');
  });
});
