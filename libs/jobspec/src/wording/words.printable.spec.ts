import { describe, expect, it } from 'vitest';
import { printable } from './words.ts';

describe('printable', () => {
  it.each([
    ['job.json', '"job.json"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['line\nbreak', '"line\\nbreak"'],
    ['\u001B[31mred', '"\\u001b[31mred"'],
    ['evil\u202Egpj.json', '"evil\\u202egpj.json"'],
    ['arabic\u061Cmark', '"arabic\\u061cmark"'],
    ['del\u007F nel\u0085', '"del\\u007f nel\\u0085"'],
    ['Ünïcödé 🎬', '"Ünïcödé 🎬"'],
  ])('quotes %j on one line', (name, quoted) => {
    expect(printable(name)).toBe(quoted);
  });
});
