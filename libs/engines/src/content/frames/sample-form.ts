import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { hasAlpha } from '../../media/index.ts';
import type { FrameSize, VideoPlan } from '../../proxy/plan/proxy-plan.ts';

/**
 * The form in which pictures are compared: each sample is the mean of a cell of the proxy, so that what a codec takes away
 * from fine detail averages out.
 */
export interface SampleForm {
  /** Of luma and alpha; each plane of colour has half the width and half the height. */
  size: FrameSize;
  hasAlpha: boolean;
  /** Whether its rows are by turns of one field and the other. */
  hasFields: boolean;
  /** Bytes of a picture: luma, the two of colour, alpha. */
  bytes: number;
}

const LARGEST: FrameSize = { width: 96, height: 56 };
/** Pixels of the proxy on each side of a cell, at least. */
const CELL = 4;
/** Fields of colour need whole lines. */
const STEP = 4;

/** The form for a proxy: the larger, the finer. */
export function sampleForm({
  size,
  scan,
  pixelFormat,
}: Pick<VideoPlan, 'size' | 'pixelFormat'> & {
  scan: Pick<VideoPlan['scan'], 'order'>;
}): SampleForm {
  const width = side(size.width, LARGEST.width);
  const height = side(size.height, LARGEST.height);
  const isTransparent = hasAlpha(pixelFormat);
  return {
    size: { width, height },
    hasAlpha: isTransparent,
    hasFields: scan.order !== 'progressive',
    bytes: (width * height * (isTransparent ? 5 : 3)) / 2,
  };
}

/** By how much more may be allowed to a small proxy: with few samples, scaling and coding don't average out. */
export function roughness({ size }: SampleForm): number {
  return Math.max(1, Math.sqrt(T.fullSamples / (size.width * size.height)));
}

/** A few columns or rows hold too little of a picture to know it by. */
export function isTiny({ width, height }: FrameSize): boolean {
  return Math.min(width, height) < T.leastSide;
}

function side(pixels: number, most: number): number {
  return Math.min(most, Math.max(STEP, Math.floor(pixels / CELL / STEP) * STEP));
}
