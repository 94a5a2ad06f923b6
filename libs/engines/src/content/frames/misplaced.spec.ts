import { expect, it } from 'vitest';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import { misplacedFrames } from './frame-checks.ts';
import type { FrameNumbers } from './frame-comparison.ts';

/** A clip of three pictures, of which the middle one is nearer to the one after it, unless `others` say more. */
function likeness(others: Partial<Record<keyof FrameNumbers, number>> = {}): FrameNumbers {
  const of = (name: keyof FrameNumbers, value: number) => [value, others[name] ?? value, value];
  const still = { all: 0, allShare: 0, row: 0, rowShare: 0, tile: 0, tileShare: 0 };
  const parts = { colourTile: 0, colourTileShare: 0, tileBefore: 0, tileAfter: 0, alpha: 0 };
  const numbers = { ...still, ...parts, before: 9, after: 0.1, exchanged: 9 };
  const columns = Object.entries(numbers).map(([name, value]) => [
    name,
    of(name as keyof FrameNumbers, value),
  ]);
  return { ...Object.fromEntries(columns), own: [0.4, others.own ?? 2, 0.4] } as FrameNumbers;
}

it('a picture that is nearer to the next one is out of place', () => {
  const first = { frame: 1, like: 'after' };
  expect(misplacedFrames(likeness(), CODEC_RULES.prores_hq, 1)).toEqual({ count: 1, first });
});

it('is told to show what it is nearest to', () => {
  const first = { frame: 1, like: 'before' };
  const numbers = likeness({ before: 0.05, tileAfter: 5 });
  expect(misplacedFrames(numbers, CODEC_RULES.prores_hq, 1).first).toEqual(first);
});

it('no picture is named that it is only less unlike, as where a proxy is cropped', () => {
  const numbers = likeness({ own: 9, after: 4 });
  const first = { frame: 1, like: null };
  expect(misplacedFrames(numbers, CODEC_RULES.prores_hq, 1)).toEqual({ count: 1, first });
});

it('but not by so little where a proxy has few pixels', () => {
  expect(misplacedFrames(likeness(), CODEC_RULES.prores_hq, 4)).toEqual({ count: 0, first: null });
});
