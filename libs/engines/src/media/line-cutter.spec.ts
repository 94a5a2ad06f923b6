import { expect, it } from 'vitest';
import { LineCutter } from './line-cutter.ts';

function cut(chunks: readonly string[], most = 10) {
  const lines: string[] = [];
  const cutter = new LineCutter((line) => lines.push(line), most, 'utf8');
  for (const chunk of chunks) cutter.take(Buffer.from(chunk));
  return { lines, begun: cutter.begun() };
}

it('cuts lines wherever a chunk ends', () => {
  expect(cut(['a\nb', 'c\n\nd'])).toEqual({ lines: ['a', 'bc', ''], begun: 'd' });
});

it('puts a character together that is spread over two chunks', () => {
  const lines: string[] = [];
  const cutter = new LineCutter((line) => lines.push(line), 10, 'utf8');
  for (const byte of Buffer.from('ü€\n')) cutter.take(Uint8Array.of(byte));
  expect(lines).toEqual(['ü€']);
});

it('keeps no more than the most of a line', () => {
  expect(cut(['0123', '456789abc', 'def\nx'])).toEqual({ lines: ['0123456789'], begun: 'x' });
});
