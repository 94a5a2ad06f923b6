import type { ReadClip } from '@app/jobspec/result';
import { describe, expect, it } from 'vitest';
import type { ClipRow } from '../index/clip-row.ts';
import { isPlayable, middleThumbnail, thumbnailsOf } from './clip-media.ts';

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

describe('pictures', () => {
  it('have addresses of their own after each attempt', () => {
    const addresses = (when: number) => thumbnailsOf(clip(when, 0, 9)).map(({ src }) => src);
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
    expect(middleThumbnail(clip(1, ...frames))?.frame).toBe(middle);
  });

  it('are none of a clip without them', () => {
    expect(middleThumbnail(clip(1))).toBeUndefined();
  });

  it('beside their source stand for no clip', () => {
    const { pictures, ...row } = clip(1, 0, 9);
    const compared = { ...picture(4), beside_source: true } as ClipRow['pictures'][number];
    expect(middleThumbnail({ ...row, pictures: [...pictures, compared] })?.frame).toBe(9);
  });
});

describe('a player', () => {
  const isShown = (video_codec: string, path = '/proxies/a.mov', roots = ['/proxies']) => {
    const facts = { video_codec } as ReadClip['facts'];
    return isPlayable(roots, {
      status: 'COMPLETED',
      resolved_output_path: path,
      facts,
    } as ReadClip);
  };

  it.each([
    ['h264', true],
    ['hevc', true],
    ['av1', true],
    ['prores', false],
    ['prores_proxy', false],
    ['dnxhd', false],
  ])('of %s: %s', (codec, shown) => {
    expect(isShown(codec)).toBe(shown);
  });

  it.each([
    ['/proxies/a.MP4', true],
    ['/proxies/a.mxf', false],
    ['/elsewhere/a.mov', false],
    ['/proxies/../a.mov', false],
    ['', false],
  ])('of %s: %s', (path, shown) => {
    expect(isShown('h264', path)).toBe(shown);
  });

  it('is nowhere without a root', () => {
    expect(isShown('h264', '/proxies/a.mov', [])).toBe(false);
  });
});
