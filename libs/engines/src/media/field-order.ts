import type { VideoStream } from './media-info.ts';

export type FieldOrder = 'progressive' | 'top-first' | 'bottom-first';

/**
 * Whose lines come first in time. FFmpeg names the order of coding, then of display, and files disagree on the second
 * letter for the same picture (QuickTime's `tb` is what H.264 calls `tt`): the first one decides.
 */
export function fieldOrder(video: VideoStream): FieldOrder {
  if (video.fieldOrder === null && isStandardDefinitionDv(video)) return 'bottom-first';
  if (video.fieldOrder?.startsWith('t')) return 'top-first';
  if (video.fieldOrder?.startsWith('b')) return 'bottom-first';
  return 'progressive';
}

/** DV says nothing of its fields because it has no choice. */
function isStandardDefinitionDv({ codecName, height }: VideoStream): boolean {
  return codecName === 'dvvideo' && (height ?? 0) <= 576;
}
