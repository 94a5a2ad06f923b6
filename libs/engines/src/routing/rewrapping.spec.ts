import { describe, expect, it } from 'vitest';
import { media, video } from '../../testing/clips.ts';
import { completing } from './rewrapping.ts';
import { routeByContent } from './route-source.ts';

describe('a container that is not accepted is named, with the command that rewraps it', () => {
  it.each([
    ['flv', "FLV\\).*: ffmpeg -i './it'\\\\''s' -map 0 -dn -c copy './it'\\\\''s.mkv'"],
    ['gxf', "GXF, .* -map 0 -dn -c copy '.*[.]mxf'"],
    ['h264', 'bare H.264, .*: ffmpeg -framerate RATE -i '],
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
