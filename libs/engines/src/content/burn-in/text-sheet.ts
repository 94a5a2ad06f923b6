import type { BurnInPlan, FrameSize } from '../../proxy/plan/proxy-plan.ts';

/** The form in which texts are read: the boxes of a picture below each other, a byte a pixel, as wide as the widest of them. */
export function textSheet({ texts }: BurnInPlan): { size: FrameSize; bytes: number } {
  const width = Math.max(...texts.map(({ box }) => box.width));
  const height = texts.reduce((lines, { box }) => lines + box.height, 0);
  return { size: { width, height }, bytes: width * height };
}
