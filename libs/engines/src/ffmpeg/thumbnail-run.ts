import { JpegCollector, thumbnailFrames, thumbnailOf } from '../content/frames/thumbnail.ts';
import { rationalToNumber } from '../media/index.ts';
import type { ProxyExpectation } from '../verify/check.ts';
import { thumbnailArguments } from './read-arguments.ts';

/**
 * FFmpeg run that extracts thumbnails, one pipe each. For proxies whose frames aren't all decoded in verification.
 *
 * @param path of the proxy.
 * @param frames number of frames that it should have, one or more.
 */
export function thumbnailRun(plan: ProxyExpectation, path: string, frames: number) {
  const rate = rationalToNumber(plan.video.timing.rate);
  const pictures = thumbnailFrames(frames).map((frame) => {
    return { frame, seconds: frame / rate, jpeg: new JpegCollector() };
  });
  return {
    /** Arguments without the program's name. */
    args: thumbnailArguments(plan.video, path, pictures),
    /** Readers of its pipes, in order. */
    pipes: pictures.map(({ jpeg }) => jpeg.take.bind(jpeg)),
    /** Thumbnails that are complete so far. */
    thumbnails: () =>
      pictures.flatMap(({ frame, jpeg }) => jpeg.get().map((one) => thumbnailOf(plan, frame, one))),
  };
}
