import type { BurnInPlan, FrameSize } from '../../proxy/plan/proxy-plan.ts';

/** Samples beside a box to which scaling, and the codec's blocks, carry some of it. */
const BESIDE = 2;

/** Filters that make black where texts lie, in pictures of a size that were made of the proxy's. */
export function textMasks({ texts }: BurnInPlan, proxy: FrameSize, small: FrameSize): string[] {
  return texts.map(({ box }) => {
    const [left, right] = reach(box.x, box.width, proxy.width, small.width);
    const [top, bottom] = reach(box.y, box.height, proxy.height, small.height);
    const place = `x=${left}:y=${top}:w=${right - left}:h=${bottom - top}`;
    return `drawbox=${place}:color=black:t=fill:replace=1`;
  });
}

/** Of even numbers, which are whole samples of colour. */
function reach(from: number, length: number, of: number, to: number): [number, number] {
  const first = 2 * Math.floor(((from * to) / of - BESIDE) / 2);
  const last = 2 * Math.ceil((((from + length) * to) / of + BESIDE) / 2);
  return [Math.max(0, first), Math.min(to, last)];
}
