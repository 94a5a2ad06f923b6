import type { ReadClip } from '@app/jobspec/result';
import { expect, it } from 'vitest';
import { checkWords, ticksOf, toleranceWords, unitOf } from './ticks.ts';

const facts = {
  frames: { source: 240, made: 240, repeated: 0, dropped: 0 },
  timecode: '10:00:00:00',
  audio_channels: [2],
} as unknown as ReadClip['facts'];
const of = (...checks: [check: string, passed: boolean][]) => by('ffmpeg', ...checks);
const by = (engine: 'ffmpeg' | 'resolve', ...checks: [check: string, passed: boolean][]) =>
  ticksOf({
    engine,
    facts,
    verification: checks.map(([check, passed]) => ({ check, expected: 1, actual: 1, passed })),
  });

it('a proxy is told in five lines, by what was compared', () => {
  const ticks = of(
    ['picture_differences', true],
    ['colours_off_levels', true],
    ['sound', true],
    ['audio_tracks', true],
    ['start_timecode', true],
    ['frame_count', true],
  );
  expect(ticks.map(({ title, passed, sentence }) => [title, passed, sentence])).toEqual([
    ['Picture', true, 'Every frame matches the source.'],
    ['Colour', true, 'Colour and levels match the source.'],
    ['Sound and sync', true, 'All tracks are there, in sync, and match the source.'],
    ['Timecode', true, 'Starts at 10:00:00:00, same as the source.'],
    ['Length', true, '240 frames, same length as the source.'],
  ]);
});

it('says no more than was compared, and what differs', () => {
  const [picture, colour, audio, timecode, length] = of(
    ['video_codec', true],
    ['frame_count', false],
  );
  expect(picture?.sentence).toContain('Only the header was compared');
  expect([colour, audio].map((tick) => tick?.passed)).toEqual([null, null]);
  expect(timecode?.sentence).toBe('Source has no timecode.');
  expect(length).toMatchObject({
    passed: false,
    sentence: 'Doesn’t match the source: frame count.',
  });
});

it('says why something was not compared', () => {
  const [, colour] = by('resolve', ['video_codec', true]);
  expect(colour?.sentence).toBe('Not compared: FFmpeg can’t read camera RAW.');
  const [picture] = of(['video_codec', true]);
  expect(picture?.sentence).toMatch(/was compared: this check is not in the result\.$/u);
});

it.each([
  ['frame_count', 240, 'frames'],
  ['duration_seconds', 10, 's'],
  ['frame_times_off_ms', [0], 'ms'],
  ['colours_off_levels', 0, 'levels of 255'],
  ['frame_rate', '24/1', 'fps'],
  ['audio_sample_rates', [48_000], 'Hz'],
  ['size', '960x540', 'px'],
  ['frames_in_order', true, ''],
  ['video_codec', 'h264', ''],
])('%s of %j counts %s', (check, expected, unit) => {
  expect(unitOf({ check, expected, actual: expected, passed: true })).toBe(unit);
});

it.each([
  ['sound_start_off_ms', 'audio start difference'],
  ['colours_off_levels', 'colour difference'],
  ['frame_times_off_ms', 'frame time difference'],
  ['pictures_out_of_place', 'frames out of place'],
  ['color_primaries', 'colour primaries'],
  ['duration_seconds', 'duration'],
  ['video_codec', 'video codec'],
])('%s is written %s', (check, words) => {
  expect(checkWords(check)).toBe(words);
});

it.each([
  [0.061_729_166_666_666_67, '± 0.0617'],
  [{ 0: 0.100_200_000_000_000_01 }, '± 0.1'],
  [{ 0: 0.0052, 1: 0.1015 }, 'track 1 ± 0.0052, track 2 ± 0.102'],
  [{ levels: 24.51, pictures: 0 }, '± 24.5'],
])('a tolerance of %j is written %s', (tolerance, words) => {
  expect(toleranceWords(tolerance)).toBe(words);
});
