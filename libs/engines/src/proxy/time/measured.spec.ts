import { expect, it } from 'vitest';
import { media, video } from '../../../testing/clips.ts';
import { withMeasuredTimes } from './measured.ts';

const head = {
  seconds: [0.54, 0.58, 0.62],
  firstStored: 0.5,
  outOfTurn: null,
  topFieldFirst: null,
};
const source = media([video({ head })]);

it('a first picture without a time comes one frame before the next', () => {
  const times = [Number.NaN, 0, Number.NaN, 0.08];
  const measured = withMeasuredTimes(source, { times, frameSeconds: 0.04 });
  const { seconds, untimedFirst } = Object(measured?.streams[0]).head;
  expect(untimedFirst).toBe(1);
  expect(seconds.map((time: number) => time.toFixed(2))).toEqual(['0.58', 'NaN', '0.66']);
});

it('of pictures without any time nothing was measured', () => {
  const times = [Number.NaN, Number.NaN];
  expect(withMeasuredTimes(source, { times, frameSeconds: 0.04 })).toBeNull();
});
