import { expect, it } from 'vitest';
import { contentDoubts, doubtWarnings } from './doubts.ts';

const detail = (kept: number, passed = true) => [
  { check: 'detail', expected: {}, actual: { kept, frame: 8 }, passed },
];

it('a proxy with as little detail as its codec leaves passes with a warning and a fact', () => {
  const doubts = contentDoubts({ codec: 'prores_proxy' }, detail(0.15));
  expect(doubts).toEqual([
    { code: 'little_detail', arguments: { kept: 0.15, usually: 0.2, frame: 8 } },
  ]);
  expect(doubtWarnings(doubts).join()).toMatch(/no more than 15 % .* at frame 8 /);
});

it('is none with more of it, and where it is refused', () => {
  expect(contentDoubts({ codec: 'prores_proxy' }, detail(0.31))).toEqual([]);
  expect(contentDoubts({ codec: 'h264' }, detail(0.4, false))).toEqual([]);
  expect(contentDoubts({ codec: 'h264' }, [])).toEqual([]);
});
