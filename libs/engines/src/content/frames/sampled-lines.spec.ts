import { expect, it } from 'vitest';
import { sampledLines } from './sampled-lines.ts';

const HD = { size: { width: 960, height: 540 }, pixelFormat: 'yuv422p10le' };

it.each([
  [0, 8],
  [1, 8],
  [2000, 8],
  [2001, 16],
  [10_000, 40],
  [24_000, 96],
  [270_000, 96],
])('of a clip of %i frames, one in %i gives lines', (frames, every) => {
  expect(sampledLines(HD, frames).every).toBe(every);
});
