import { describe, expect, it } from 'vitest';
import { CONFINED_INPUT, ffprobeArguments } from './ffprobe-arguments.ts';
import { SOURCE_FORMATS } from './source-containers.ts';

describe('ffprobe arguments', () => {
  it('confine the input before it is named', () => {
    const argv = ffprobeArguments('/a.mov');
    expect(argv.slice(-CONFINED_INPUT.length - 2)).toEqual([
      ...CONFINED_INPUT,
      '-i',
      'file:/a.mov',
    ]);
  });

  it.each(["/odd 'name' \n%03d.mov", '-y.mov', 'concat:a|b.mp4', 'http://host/a.mov'])(
    'keep %j one argument and a file',
    (path) => {
      expect(ffprobeArguments(path).at(-1)).toBe(`file:${path}`);
    },
  );

  it('read a file to its end only when asked', () => {
    expect(ffprobeArguments('/a.mov')).not.toContain('-show_packets');
    expect(ffprobeArguments('/a.mov', { packets: true })).toContain('-show_packets');
  });

  it.each([
    'hls',
    'dash',
    'concat',
    'imf',
    'sdp',
    'rtsp',
    'image2',
    'tty',
    'vobsub',
    'mlv',
    'lavfi',
  ])('leave out %s, which opens other files or is no clip', (format) => {
    expect(SOURCE_FORMATS).not.toContain(format);
  });
});
