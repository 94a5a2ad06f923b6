import type { VideoStream } from '../../media/index.ts';

/** Whether one of the first pictures has no time after that of the picture before it. */
export function isOutOfTurn({ head }: VideoStream): boolean {
  return head?.outOfTurn != null;
}

/** What is said of a source some of whose pictures are shown at other times than their own. */
export function turnWarnings(video: VideoStream): string[] {
  if (!isOutOfTurn(video)) return [];
  return [
    `Frame ${video.head?.outOfTurn} of the source (counted from 0) has no time after that of the frame before it. Such a frame is shown one frame after that one. Check the proxy.`,
  ];
}

/**
 * When pictures are shown whose times are put in turn: each at its own, and a frame after the one before it where that is
 * no later. A decoder's order is that of its codec, and a time of the container that disagrees is wrong.
 *
 * @param times seconds, in the order of the decoder; `NaN` for a picture without one.
 * @param frameSeconds of the source's rate.
 * @param tickSeconds of the clock of these times: half a tick is no difference.
 */
export function inTurn(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): number[] {
  let last = Number.NEGATIVE_INFINITY;
  return times.map((time) => {
    last = time > last + tickSeconds / 2 ? time : last + frameSeconds;
    return last;
  });
}
