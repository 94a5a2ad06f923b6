import { thumbnailSize } from '../content/frames/thumbnail.ts';
import { CONFINED_INPUT, fileInput, rationalToNumber } from '../media/index.ts';
import type { ProxyExpectation } from '../verify/proxy-expectation.ts';
import { thumbnailFilters } from './filters.ts';
import { FIRST_SOUND_PIPE } from './capture-arguments.ts';

/** JPEG that looks well and takes a few kilobytes. */
const JPEG = ['-c:v', 'mjpeg', '-q:v', '4', '-flags:v', '+bitexact'];
/** Without it, FFmpeg ends at an output that gets no picture. */
const OR_NONE = ['-strict:v', 'unofficial'];

type Frame = ProxyExpectation['video'];

/**
 * An output with some of a proxy's pictures, for people. It has a filter graph of its own: in one with further outputs FFmpeg
 * keeps their pictures until this one has its next.
 *
 * @param frames counted from 0.
 */
export function thumbnailOutput(video: Frame, frames: readonly number[], pipe: number): string[] {
  const select = `select=${frames.map((frame) => `eq(n\\,${frame})`).join('+')}`;
  return ['-map', '0:V:0', '-fps_mode', 'passthrough', ...output(video, [select], pipe)];
}

/** One picture and when it is shown, in seconds. */
export interface ThumbnailTime {
  frame: number;
  seconds: number;
}

/**
 * FFmpeg's arguments, without the program's name, for some pictures of a file that isn't decoded as a whole. Each comes on a pipe
 * of its own, from the first that sound has elsewhere; one that isn't there doesn't come.
 */
export function thumbnailArguments(
  video: Frame,
  path: string,
  times: readonly ThumbnailTime[],
): string[] {
  const halfFrame = 0.5 / rationalToNumber(video.timing.rate);
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+error'],
    times.map(({ seconds }) => [
      ...CONFINED_INPUT,
      ['-ss', Math.max(0, seconds - halfFrame).toFixed(6), '-i', fileInput(path)],
    ]),
    times.map((_, position) => [
      ['-map', `${position}:V:0`, '-frames:v', '1'],
      output(video, [], FIRST_SOUND_PIPE + position),
    ]),
  ].flat(3);
}

function output(video: Frame, first: readonly string[], pipe: number): string[] {
  const size = thumbnailSize(video.size, video.displayAspect);
  const filters = [...first, ...thumbnailFilters(video, size)].join(',');
  return ['-filter:v:0', filters, ...JPEG, ...OR_NONE, '-f', 'image2pipe', `pipe:${pipe}`];
}
