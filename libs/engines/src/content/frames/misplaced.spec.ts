import { expect, it } from 'vitest';
import { NumberTable } from '../measure/number-table.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import { misplacedFrames } from './misplaced.ts';
import { FRAME_NUMBERS } from './frame-comparison.ts';

/** A clip of three pictures, of which the middle one is nearer to the one after it, unless `others` say more. */
function likeness(others = {}) {
  const numbers = new NumberTable(FRAME_NUMBERS);
  for (const own of [0.4, 2, 0.4]) {
    const row = Object.fromEntries(FRAME_NUMBERS.map((name) => [name, 0]));
    numbers.add({
      ...row,
      own,
      before: 9,
      after: 0.1,
      exchanged: 9,
      ...(own === 2 && others),
    } as never);
  }
  return numbers;
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
