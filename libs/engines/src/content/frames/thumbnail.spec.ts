import { describe, expect, it } from 'vitest';
import { JpegCollector, thumbnailFrames, thumbnailOf, thumbnailSize } from './thumbnail.ts';

describe('posterFrames', () => {
  it.each([
    [240, [0, 119, 239]],
    [3, [0, 1, 2]],
    [2, [0, 1]],
    [1, [0]],
    [0, [0]],
  ])('of %i frames shows each at most once', (frames, shown) => {
    expect(thumbnailFrames(frames)).toEqual(shown);
  });
});

describe('posterSize', () => {
  it.each([
    ['a wide picture', [1920, 1080], 16 / 9, [320, 180]],
    ['an upright one', [1080, 1920], 9 / 16, [180, 320]],
    ['anamorphic PAL', [720, 576], 16 / 9, [320, 180]],
    ['pixels that stand upright', [960, 1080], 4 / 3, [320, 240]],
    ['a small one, which stays as it is', [96, 54], 16 / 9, [96, 54]],
    ['one that is hardly anything', [4096, 2], 2048, [320, 2]],
  ])('shows %s in its shape', (_, [width = 0, height = 0], aspect, shown) => {
    const size = thumbnailSize({ width, height }, aspect);
    expect([size.width, size.height]).toEqual(shown);
  });
});

it('a picture is known by its frame, and its timecode where there is one', () => {
  const video = {
    size: { width: 1920, height: 1080 },
    displayAspect: 16 / 9,
    timing: { rate: { numerator: 25, denominator: 1 } },
  } as Parameters<typeof thumbnailOf>[0]['video'];
  const jpeg = new Uint8Array(0);
  expect(thumbnailOf({ timecode: '01:00:00:00', video }, 30, jpeg)).toMatchObject({
    frame: 30,
    timecode: '01:00:01:05',
  });
  expect(thumbnailOf({ timecode: null, video }, 30, jpeg).timecode).toBeNull();
  const timing = { ...video.timing, mode: 'passthrough' as const, variable: true };
  const variable = { timecode: '01:00:00:00', video: { ...video, timing } };
  expect(thumbnailOf(variable, 0, jpeg).timecode).toBe('01:00:00:00');
  expect(thumbnailOf(variable, 30, jpeg).timecode).toBeNull();
});

describe('JpegCollector', () => {
  const first = [0xff, 0xd8, 1, 2, 0xff, 0x00, 0xff, 0xd9];
  const second = [0xff, 0xd8, 3, 0xff, 0xd9];

  const collected = (bytes: number[], size: number) => {
    const collector = new JpegCollector();
    for (let at = 0; at < bytes.length; at += size)
      collector.take(Uint8Array.from(bytes.slice(at, at + size)));
    return collector.get().map((jpeg) => Array.from(jpeg));
  };

  it.each([1, 3, 100])('finds each picture, in chunks of %i bytes', (size) => {
    expect(collected([...first, ...second], size)).toEqual([first, second]);
  });

  it('leaves out one that was cut off', () => {
    expect(collected([...first, ...second.slice(0, 3)], 4)).toEqual([first]);
    expect(collected([], 1)).toEqual([]);
  });

  it('keeps nothing of an endless one', () => {
    const collector = new JpegCollector();
    for (let megabyte = 0; megabyte < 3; megabyte++) collector.take(new Uint8Array(1024 * 1024));
    collector.take(Uint8Array.from(second));
    expect(collector.get()).toEqual([]);
  });
});
