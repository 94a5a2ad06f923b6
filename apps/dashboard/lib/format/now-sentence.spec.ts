import { describe, expect, it } from 'vitest';
import { nowSentence } from './now-sentence.ts';

const NOTHING = { clip: null, total_clips: null, frames: null, declared_frames: null, speed: null };

describe('how far a runner is with a job', () => {
  it.each([
    [{}, 'Checking the job'],
    [{ clip: 2, total_clips: 4 }, 'Clip 2 of 4'],
    [{ clip: 2, total_clips: 4, frames: 1200 }, 'Clip 2 of 4, 1,200 frames'],
    [
      { clip: 1, total_clips: 1, frames: 1200, declared_frames: 24_000, speed: 8.31 },
      'Clip 1 of 1, 1,200 of 24,000 frames, 8.3 times real time',
    ],
    [
      { clip: 1, total_clips: 1, frames: 5, declared_frames: 9, speed: 41.7 },
      'Clip 1 of 1, 5 of 9 frames, 42 times real time',
    ],
    [
      { clip: 1, total_clips: 1, frames: 5, declared_frames: 9, speed: 0.02 },
      'Clip 1 of 1, 5 of 9 frames, less than 0.1 times real time',
    ],
    [
      { clip: 1, total_clips: 1, frames: 0, declared_frames: 9, speed: 0 },
      'Clip 1 of 1, 0 of 9 frames',
    ],
  ])('%j is told as %s', (known, sentence) => {
    expect(nowSentence({ ...NOTHING, ...known }, null)).toBe(sentence);
  });

  it('tells no speed of an encoder that stands, but for how long', () => {
    const known = { clip: 1, total_clips: 1, frames: 5, declared_frames: 9, speed: 9.8 };
    expect(nowSentence({ ...NOTHING, ...known }, 45)).toBe(
      'Clip 1 of 1, 5 of 9 frames, no new frame for 45 s',
    );
  });
});
