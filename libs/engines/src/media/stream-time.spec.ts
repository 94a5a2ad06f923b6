import { describe, expect, it } from 'vitest';
import { audio, dataTrack, media, packetsOf, video } from '../../testing/clips.ts';
import {
  declaredFrames,
  firstFrame,
  mediaStart,
  presentedSeconds,
  streamDuration,
  tagDuration,
} from './stream-time.ts';

it('the header of a stream says how long it is', () => {
  expect(streamDuration(video({ durationSeconds: 4.5 }))).toBe(4.5);
});

describe("Matroska's tag of a duration", () => {
  const duration = '00:01:10.033000000';
  const stream = video({ startSeconds: 0.033, tags: { duration } });
  const counted = video({
    startSeconds: 0.033,
    tags: { duration, _statistics_writing_app: 'mkvmerge v92.0' },
  });

  it('is the end of a stream', () => {
    expect(tagDuration(stream)).toBeCloseTo(70, 6);
  });

  it('is its length beside statistics', () => {
    expect(tagDuration(counted)).toBeCloseTo(70.033, 6);
  });

  it.each([
    ['sound that begins before zero', '00:00:02.700000000', -0.3, 0, 3],
    ['sound whose codec begins before it', '00:00:03.021000000', -0.021, 1024, 3.021],
    ['both', '00:00:02.721000000', -0.321, 1024, 3.021],
  ])('is the end of %s', (_, tag, startSeconds, primingSamples, length) => {
    const track = audio({ startSeconds, primingSamples, tags: { duration: tag } });
    expect(tagDuration(track)).toBeCloseTo(length, 3);
  });

  it('is none when it is no time', () => {
    expect(tagDuration(video({ tags: { duration: 'long' } }))).toBeNull();
    expect(tagDuration(video())).toBeNull();
  });

  it('is none when it is no length', () => {
    const tags = { duration: '00:00:00.000000000', _statistics_writing_app: 'mkvmerge v92.0' };
    expect(tagDuration(video({ startSeconds: 0, tags }))).toBeNull();
  });

  it('is none when it lies before the start, as in a part that kept its times', () => {
    expect(tagDuration(video({ startSeconds: 2, tags: { duration: '00:00:01.862' } }))).toBeNull();
  });
});

it('AVI counts the samples of PCM, and only of PCM', () => {
  const facts = { durationSeconds: null, declaredFrames: 96_000, sampleRate: 48_000 };
  expect(streamDuration(audio({ ...facts, codecName: 'pcm_s16le' }))).toBe(2);
  expect(streamDuration(audio({ ...facts, codecName: 'mp3' }))).toBeNull();
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

it('a file starts where its reader says, when it does', () => {
  expect(mediaStart(media([video({ startSeconds: 1.4 })], { startSeconds: 0 }))).toBe(0);
});

it.each([
  ['mpegts', 1.2],
  ['matroska,webm', 0.7],
])('data before the picture is no start where FFmpeg reads it not: %s', (formatName, start) => {
  const file = { formatName, startSeconds: 0.7 };
  const early = dataTrack({ startSeconds: 0.7 });
  const streams = [video({ startSeconds: 1.4 }), audio({ startSeconds: 1.2 }), early];
  expect(mediaStart(media(streams, file))).toBe(start);
});

it('the first picture is the earliest one that is shown, not the first that is stored', () => {
  expect(firstFrame(video({ startSeconds: 1.12 }))).toBe(1.12);
  const head = { seconds: [1.04, 1.08], firstStored: null, topFieldFirst: true };
  expect(firstFrame(video({ startSeconds: 1.12, head }))).toBe(1.04);
});

it('packets say how long a stream is, where they were read', () => {
  expect(presentedSeconds(video({ packets: packetsOf(250) }))).toBeCloseTo(10, 6);
  expect(presentedSeconds(video())).toBeNull();
});
