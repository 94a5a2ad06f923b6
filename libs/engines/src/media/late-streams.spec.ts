import { expect, it } from 'vitest';
import { audio, media, video } from '../../testing/clips.ts';
import { richerProbe, mayBeginLate } from './ffprobe-arguments.ts';

const named = { pixelFormat: null };

it.each([
  ['a picture and its sound', [video(), audio()], 'matroska,webm', false],
  ['a picture without a form', [video(named), audio()], 'matroska,webm', true],
  ['a picture of an unknown codec', [video({ ...named, codecName: null })], 'mov,mp4', false],
  ['sound without a form', [video(), audio({ channels: null })], 'mpegts', true],
  ['a picture alone, where nothing lists what follows', [video()], 'mpeg', true],
])('whether more may follow: %s', (_, streams, formatName, isSought) => {
  expect(mayBeginLate({ ...media(streams), formatName })).toBe(isSought);
});

it('a picture that has its form after more was read is taken', () => {
  const found = media([video(), audio()]);
  expect(richerProbe(media([video(named), audio()]), found)).toEqual({
    ...found,
    isProbedDeeper: true,
  });
});
