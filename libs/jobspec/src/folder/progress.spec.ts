import { expect, it } from 'vitest';
import { jobProgress, fractionDone } from './progress.ts';

const job = { clip: 3, total_clips: 4, frames: 50, declared_frames: 100, phase: 'making' } as const;

it.each([
  [job, 0.625],
  [{ ...job, phase: 'comparing' }, 0.75],
  [{ ...job, frames: 900 }, 0.75],
  [{ ...job, declared_frames: null }, 0.5],
  [{ ...job, clip: null }, 0],
] as const)('a job is made as far as its clips and their frames: %j', (active, share) => {
  expect(jobProgress(active)).toBe(share);
});

it.each([
  [2, 3, 1, 0.99],
  [0, 1, 1, 0.99],
  [3, 3, 0, 1],
  [0, 0, 0, 1],
  [4, 10, 0, 0.4],
])('%d of %d ended and %d begun is a share of %d', (ended, total, begun, share) => {
  expect(fractionDone(ended, total, begun)).toBe(share);
});
