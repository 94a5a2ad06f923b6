import { describe, expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { completing } from './rewrapping.ts';
import { routeByContent } from './route-source.ts';

describe('a container that is not accepted is named, with the command that rewraps it', () => {
  it.each([
    ['flv', "FLV\\).*: ffmpeg -i './it'\\\\''s' -map 0 -dn -c copy './it'\\\\''s.mkv'"],
    ['gxf', "GXF, .* -map 0 -dn -c copy '.*[.]mxf'"],
    ['h264', 'bare H.264, .*: ffmpeg -framerate RATE -i .*[.]mkv'],
    ['m4v', 'bare MPEG-4, .*: ffmpeg -framerate RATE -i .*[.]mkv'],
    [
      'mpegvideo',
      'bare MPEG-1 or MPEG-2, .*: ffmpeg -fflags [+]genpts -framerate RATE -i .*[.]mkv',
    ],
  ])('%s', (formatName, sentence) => {
    const probe = { error: 'Invalid argument', foreign: media([video()], { formatName }) };
    expect(routeByContent("/card/it's", probe)).toHaveProperty(
      'problem',
      expect.stringMatching(new RegExp(sentence)),
    );
  });
});

it.each([
  ['mov,mp4,m4a,3gp,3g2,mj2', ".mov'"],
  ['matroska,webm', ".mkv'"],
])('a segment is to be rewrapped as %s', (formatName, extension) => {
  expect(completing('/a/b.mp4', formatName)).toMatch(
    new RegExp(`^If this is all of it, .*: ffmpeg -i './b.mp4' .*${extension}$`),
  );
});

describe('a stream without times', () => {
  const problemOf = (path: string, formatName: string, reorderedFrames: number) => {
    const foreign = media([video({ reorderedFrames })], { formatName });
    return routeByContent(path, { error: 'Invalid argument', foreign });
  };

  it.each([
    ['h264', 0, 'ffmpeg -framerate RATE'],
    ['h264', 2, 'mkvmerge --default-duration 0:RATEfps'],
    ['hevc', 2, 'mkvmerge --default-duration 0:RATEfps'],
    ['mpegvideo', 1, 'ffmpeg -fflags +genpts -framerate RATE'],
    ['m4v', 1, 'ffmpeg -framerate RATE'],
  ])('%s with %i reordered frames is to be rewrapped by %s', (formatName, reordered, command) => {
    expect(problemOf('/card/a', formatName, reordered)).toHaveProperty(
      'problem',
      expect.stringContaining(`: ${command}`),
    );
  });

  it('that is called as a container with a header has lost it', () => {
    expect(problemOf('/card/a.mxf', 'mpegvideo', 0)).toMatchObject({
      finding: 'cut_off',
      problem: expect.stringMatching(/begins as bare MPEG.* and not as [.]mxf/) as string,
    });
    expect(problemOf('/card/a.m4v', 'm4v', 0)).toMatchObject({ finding: 'container_unknown' });
    expect(problemOf('/card/a.mpg', 'mpegvideo', 0)).toMatchObject({
      finding: 'container_unknown',
    });
  });
});
