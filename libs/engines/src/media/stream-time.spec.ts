import { expect, it } from 'vitest';
import { audio, media, video } from '../../testing/clips.ts';
import { declaredFrames, mediaStart, streamDuration } from './stream-time.ts';

it('the header of a stream says how long it is', () => {
  expect(streamDuration(video({ durationSeconds: 4.5 }))).toBe(4.5);
});

it('Matroska says where a stream ends, and its start counts', () => {
  const tags = { duration: '00:01:10.033000000' };
  const stream = video({ durationSeconds: null, startSeconds: 0.033, tags });
  expect(streamDuration(stream)).toBeCloseTo(70, 6);
});

it('AVI counts the samples of PCM, and only of PCM', () => {
  const facts = { durationSeconds: null, declaredFrames: 96_000, sampleRate: 48_000 };
  expect(streamDuration(audio({ ...facts, codecName: 'pcm_s16le' }))).toBe(2);
  expect(streamDuration(audio({ ...facts, codecName: 'mp3' }))).toBeNull();
});

it('a duration that is no time is no duration', () => {
  expect(streamDuration(video({ durationSeconds: null, tags: { duration: 'long' } }))).toBeNull();
});

it("Matroska's statistics count frames", () => {
  const tags = { number_of_frames: '240' };
  expect(declaredFrames(video({ declaredFrames: null, tags }))).toBe(240);
  expect(declaredFrames(video({ declaredFrames: null }))).toBeNull();
});

it('a file starts with its first picture or sound, not with a cover', () => {
  const cover = video({ index: 2, startSeconds: -5, isAttachedPicture: true });
  const clip = media([video({ startSeconds: 1.4 }), audio({ startSeconds: 1.2 }), cover]);
  expect(mediaStart(clip)).toBe(1.2);
  expect(mediaStart(media([]))).toBe(0);
});
