import { describe, expect, it } from 'vitest';
import {
  activeWords,
  barOf,
  durationOf,
  secondsLeft,
  type ActiveClip,
  type BarState,
} from './bar.ts';

const far = (fields: Partial<BarState>): BarState => ({
  word: 'clip',
  ended: 0,
  total: 10,
  seconds: 60,
  active: [],
  begun: 0,
  paused: null,
  ...fields,
});

const clip = (fields: Partial<ActiveClip>): ActiveClip => ({
  source_path: '/card/C0001.MP4',
  clip: 1,
  total_clips: 1,
  phase: 'making',
  frames: 50,
  declared_frames: 100,
  speed: 3.1,
  ...fields,
});

describe('a bar', () => {
  it('says how many of how many, the percent and the time left', () => {
    expect(barOf(far({ ended: 4 }))).toBe(
      '[########............] 4 of 10 clips, 40 %, about 2 min left',
    );
  });

  it('counts what is begun by its frames, and is full only when all has ended', () => {
    expect(barOf(far({ begun: 0.75 }))).toContain('0 of 10 clips, 7 %');
    expect(barOf(far({ ended: 2, total: 3, begun: 1 }))).toMatch(
      /^\[#{19}\.\] 2 of 3 clips, 99 %/u,
    );
    expect(barOf(far({ ended: 3, total: 3 }))).toMatch(/^\[#{20}\] 3 of 3 clips, 100 %$/u);
  });

  it('is full when there is nothing to do', () => {
    expect(barOf(far({ total: 0, word: 'job' }))).toBe(`[${'#'.repeat(20)}] 0 of 0 jobs, 100 %`);
  });
});

describe('the time left', () => {
  it.each([
    ['before anything has ended', { ended: 0 }],
    ['when all has ended', { ended: 10 }],
    ['where nobody knows how long it took', { ended: 5, seconds: null }],
    ['while nothing is begun', { ended: 5, paused: 'the disk is full' }],
  ])('is not told %s', (_, fields) => {
    expect(secondsLeft(far(fields))).toBeNull();
  });

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [61, '1 min'],
    [3600, '1 h'],
    [12_000, '3 h 20 min'],
  ])('is a round one: %d seconds', (seconds, words) => {
    expect(durationOf(seconds)).toBe(words);
  });
});

describe('a clip that is worked on', () => {
  it.each([
    [{ clip: 2, total_clips: 7, frames: 42 }, 'C0001.MP4 (2 of 7): encoding, 42 %, 3.1×'],
    [{ declared_frames: null, speed: null }, 'C0001.MP4: encoding, 50 frames'],
    [{ source_path: null }, 'checking a job'],
    [{ phase: 'reading', frames: null, speed: null }, 'C0001.MP4: reading the source'],
  ] as const)('is named with its phase: %j', (fields, words) => {
    expect(activeWords(clip(fields))).toBe(words);
  });
});
