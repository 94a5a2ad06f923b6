import { describe, expect, it } from 'vitest';
import { decoderErred, FrameLog } from './ffmpeg-log.ts';

/** As ffprobe writes frames, with the levels of what was said of each. */
function frames(...levels: number[][]): string {
  const logs = (said: number[]) =>
    said.map(
      (level) => `                { "context": "mjpeg", "level": ${level}, "message": "x" }`,
    );
  return levels
    .flatMap((said) => [['        { "media_type": "video",', '            "logs": ['], logs(said)])
    .flat()
    .join('\n')
    .concat('\n');
}

describe('frames that a decoder has errors at', () => {
  it.each([
    [frames([], [16], []), 'frame 1'],
    [frames([16, 16, 8], [24], [8]), 'frames 0, 2'],
    [frames([16], [16], [16], [16], [16], [16], [16]), 'frames 0, 1, 2, 3, 4 and 2 more'],
    [frames([24], [32], []), null],
  ])('are the first few and a count, in chunks of any size', (text, said) => {
    for (const size of [1, 50, 10_000]) {
      const log = new FrameLog();
      for (let at = 0; at < text.length; at += size)
        log.take(Buffer.from(text.slice(at, at + size)));
      expect(log.frames).toBe(said);
    }
  });
});

it.each([
  [2, 19, { damaged: 2, frames: 19 }],
  [2, 20, null],
  [1, 3, null],
  [0, 0, null],
])('%i of %i are too many, or not', (damaged, count, tooMany) => {
  const log = new FrameLog();
  const levels = Array.from({ length: count }, (_, n) => (n < damaged ? [16] : []));
  log.take(Buffer.from(frames(...levels)));
  expect(log.mostlyBad).toEqual(tooMany);
});

it.each([
  ['[mjpeg @ 0x5] [error] error count: 71', true],
  ['[vist#0:0/mjpeg @ 0x1] [dec:mjpeg @ 0x5] [fatal] corrupt decoded frame', true],
  ['[aac @ 0x5] [error] error y=5 x=1', false],
  ['[mjpeg @ 0x5] [warning] error count: 71', false],
])('only errors of the picture’s decoder count: %s', (line, erred) => {
  expect(decoderErred(line, 'mjpeg')).toBe(erred);
});
