import { placeOfFrame, type FramePlace } from '../measure/place.ts';
import type { FrameSize, VideoPlan } from '../../proxy/plan/proxy-plan.ts';

/** Small still of a proxy's frame, for people. */
export interface Thumbnail extends FramePlace {
  size: FrameSize;
  jpeg: Uint8Array;
  /** Present if the left half shows the source's frame. */
  besideSource?: true;
}

/** Longer side in pixels. */
const LONGEST = 320;
/** Bytes kept: more than stills of that size take. */
const MOST_BYTES = 1024 * 1024;
/** End of one JPEG and start of the next: within an image the two never meet. */
const BETWEEN = Buffer.from([0xff, 0xd9, 0xff, 0xd8]);
const MARKER_BYTES = 2;

/** Frames for thumbnails: the first, one in the middle, the last. */
export function thumbnailFrames(frames: number): number[] {
  const last = Math.max(0, frames - 1);
  return [...new Set([0, Math.floor(last / 2), last])];
}

/**
 * Size of a thumbnail, with square pixels and no larger than the proxy.
 *
 * @param displayAspect display aspect ratio.
 */
export function thumbnailSize({ height }: FrameSize, displayAspect: number): FrameSize {
  const width = height * displayAspect;
  const share = Math.min(1, LONGEST / Math.max(width, height));
  return { width: even(width * share), height: even(height * share) };
}

/** Thumbnail of a proxy's frame, with its place. */
export function thumbnailOf(
  {
    timecode,
    video,
  }: {
    timecode: string | null;
    video: Pick<VideoPlan, 'size' | 'displayAspect' | 'timing'>;
  },
  frame: number,
  jpeg: Uint8Array,
): Thumbnail {
  const place = placeOfFrame(frame, timecode, video.timing);
  return { ...place, size: thumbnailSize(video.size, video.displayAspect), jpeg };
}

/** Collects JPEG images from a stream. */
export class JpegCollector {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  take(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MOST_BYTES) this.#chunks.push(chunk);
  }

  /** Complete images. */
  get(): Uint8Array[] {
    const all = Buffer.concat(this.#chunks);
    const images: Uint8Array[] = [];
    let from = 0;
    for (let at = all.indexOf(BETWEEN); at >= 0; at = all.indexOf(BETWEEN, from)) {
      images.push(all.subarray(from, at + MARKER_BYTES));
      from = at + MARKER_BYTES;
    }
    const rest = all.subarray(from);
    const isWhole =
      rest.length > 0 && rest.subarray(-MARKER_BYTES).equals(BETWEEN.subarray(0, MARKER_BYTES));
    return isWhole ? [...images, rest] : images;
  }
}

function even(pixels: number): number {
  return Math.max(2, 2 * Math.round(pixels / 2));
}
