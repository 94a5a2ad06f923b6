import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { hasAlpha } from '../../media/index.ts';
import type { FrameSize, VideoPlan } from '../../proxy/plan/proxy-plan.ts';

/**
 * Form in which frames are compared: each sample is the mean of a cell of the proxy, so that what a codec takes from fine
 * detail averages out.
 */
export interface SampleForm {
  /** Size of luma and alpha; each plane of colour has half the width and half the height. */
  size: FrameSize;
  hasAlpha: boolean;
  /** True if rows alternate between the two fields. */
  hasFields: boolean;
  /** Bytes per frame: luma, two planes of colour, alpha. */
  bytes: number;
}

const LARGEST: FrameSize = { width: 96, height: 56 };
/** Least side of a cell in pixels of the proxy. */
const CELL = 4;
/** Multiple of each side: fields of colour need whole lines. */
const STEP = 4;

/** Sample form of a proxy: the larger the proxy, the finer. */
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

/** Factor by which tolerances grow for a small proxy: few samples don't average out scaling and coding. */
export function roughness({ size }: SampleForm): number {
  return Math.max(1, Math.sqrt(T.fullSamples / (size.width * size.height)));
}

/** True if there are too few columns or rows to recognise a frame by. */
export function isTiny({ width, height }: FrameSize): boolean {
  return Math.min(width, height) < T.leastSide;
}

function side(pixels: number, most: number): number {
  return Math.min(most, Math.max(STEP, Math.floor(pixels / CELL / STEP) * STEP));
}
