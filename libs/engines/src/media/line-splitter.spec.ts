import { expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function cut(chunks: readonly string[], maxLength = 10) {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), maxLength, 'utf8');
  for (const chunk of chunks) splitter.take(Buffer.from(chunk));
  return { lines, rest: splitter.rest() };
}

it('cuts lines wherever a chunk ends', () => {
  expect(cut(['a\nb', 'c\n\nd'])).toEqual({ lines: ['a', 'bc', ''], rest: 'd' });
});

it('puts a character together that is spread over two chunks', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), 10, 'utf8');
  for (const byte of Buffer.from('ü€\n')) splitter.take(Uint8Array.of(byte));
  expect(lines).toEqual(['ü€']);
});

it('keeps no more than the most of a line', () => {
  expect(cut(['0123', '456789abc', 'def\nx'])).toEqual({ lines: ['0123456789'], rest: 'x' });
});
