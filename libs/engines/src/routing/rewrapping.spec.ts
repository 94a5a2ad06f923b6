import { expect, it } from 'vitest';
import { completionAdvice } from './rewrapping.ts';
import { routeByContent } from './route-source.ts';

it('a clip in a container that is not accepted gets the command that rewraps it', () => {
  expect(routeByContent("/card/it's.flv", { error: 'Invalid argument' })).toHaveProperty(
    'problem',
    expect.stringMatching(
      /container that isn’t accepted.*: ffmpeg -i '.[/]it'\\''s.flv' -map 0 -dn -c copy '.[/]it'\\''s.flv.mkv'/,
    ),
  );
});

it.each([
  ['mov,mp4,m4a,3gp,3g2,mj2', './b.mp4.mov'],
  ['matroska,webm', './b.mp4.mkv'],
])('a segment is to be rewrapped as %s', (formatName, extension) => {
  expect(completionAdvice('/a/b.mp4', formatName)).toMatch(
    new RegExp(`^If this is all of it, .*: ffmpeg -i ./b.mp4 .* ${extension}$`),
  );
});
