import { expect, it } from 'vitest';
import { NumberTable } from '../measure/number-table.ts';
import { misplacedPictures } from './misplaced.ts';
import { PICTURE_NUMBERS } from './picture-comparison.ts';

/** A clip of three pictures, of which the middle one is nearer to the one after it, unless `others` say more. */
function likeness(others = {}) {
  const numbers = new NumberTable(PICTURE_NUMBERS);
  for (const own of [0.4, 2, 0.4]) {
    const row = Object.fromEntries(PICTURE_NUMBERS.map((name) => [name, 0]));
    numbers.add({
      ...row,
      own,
      before: 9,
      after: 1,
      exchanged: 9,
      ...(own === 2 && others),
    } as never);
  }
  return numbers;
}

it('a picture that is nearer to the next one is out of place', () => {
  const first = { picture: 1, like: 'after' };
  expect(misplacedPictures(likeness(), false, 1)).toEqual({ count: 1, first });
});

it('is told to show what it is nearest to', () => {
  const first = { picture: 1, like: 'before' };
  const numbers = likeness({ before: 0.1, tileAfter: 5 });
  expect(misplacedPictures(numbers, false, 1).first).toEqual(first);
});

it('but not by so little where a proxy has few pixels', () => {
  expect(misplacedPictures(likeness(), false, 4)).toEqual({ count: 0, first: null });
});
