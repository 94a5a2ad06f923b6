import { expect, it } from 'vitest';
import type { ClipRow } from '../jobs/clip-row.ts';
import { shownPictures, thumbnails } from './shown-pictures.ts';

const picture = (frame: number, width: number | null = 160, height: number | null = 90) => ({
  path: `/p/${frame}.jpg`,
  frame,
  timecode: null,
  width,
  height,
});
const clip = (when: number, ...frames: number[]) =>
  ({
    folder: 'f',
    state: 'completed',
    job: 'a.json',
    index: 3,
    when,
    pictures: frames.map((frame) => picture(frame)),
  }) as unknown as ClipRow;

it('have addresses of their own after each attempt', () => {
  const addresses = (when: number) => shownPictures(clip(when, 0, 9)).map(({ src }) => src);
  expect(addresses(1000.7)).toEqual([
    '/pictures/f/completed/a.json/3/0?v=1000',
    '/pictures/f/completed/a.json/3/1?v=1000',
  ]);
  expect(addresses(2000)).not.toEqual(addresses(1000));
});

it.each([
  [[0], 0],
  [[0, 9], 9],
  [[0, 5, 9], 5],
])('stand for a clip by the one in the middle: %j', (frames, middle) => {
  const [one] = thumbnails([clip(1, ...frames)]).values();
  expect(one?.frame).toBe(middle);
});

it('are none of a clip without them', () => {
  expect(thumbnails([clip(1)]).size).toBe(0);
});

it.each([
  [160, 90, { width: 160, height: 90 }],
  [null, 90, { width: 320, height: 180 }],
  [160, null, { width: 320, height: 180 }],
  [0, 90, { width: 320, height: 180 }],
])('have a size before they are loaded: %s by %s', (width, height, size) => {
  const one = { ...clip(1), pictures: [picture(0, width, height)] } as ClipRow;
  expect(shownPictures(one)[0]).toMatchObject(size);
});
