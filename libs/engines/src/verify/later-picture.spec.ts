import { expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { laterPicture } from './holes.ts';

const TIMES = Array.from({ length: 50 }, (_, frame) => frame / 25);

it.each<[number, number[], number | null]>([
  [0, TIMES, null],
  [0.9, TIMES, null],
  [1.4, TIMES, null],
  [1.6, TIMES, 1],
  [2, TIMES, 1],
  [7, TIMES, 1],
  [2, [Number.NaN], null],
  [0, [0], null],
])('a second picture that begins at %d s', (startSeconds, times, stream) => {
  const streams = [video({ index: 0, startSeconds: 0 }), video({ index: 1, startSeconds })];
  const later = laterPicture(media(streams), times);
  expect(later?.stream ?? null).toBe(stream);
});

it('a cover picture is no second one', () => {
  const cover = video({ index: 1, startSeconds: 2, isAttachedPicture: true });
  expect(laterPicture(media([video({ index: 0, startSeconds: 0 }), cover]), TIMES)).toBe(null);
});
