import type { NAMED_RESOLUTIONS } from '@app/jobspec';
import {
  positiveRational,
  type Rational,
  rationalToNumber,
  reduceRational,
  sameRational,
  type VideoStream,
} from '../../media/index.ts';
import { CODEC_RULES } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { FrameSize, Ruling, ScanPlan, ProxyRequest } from '../plan/proxy-plan.ts';

export interface Raster {
  size: FrameSize;
  sampleAspectRatio: Rational;
}

const SQUARE: Rational = { numerator: 1, denominator: 1 };
/** Largest relative change of the aspect ratio without a warning. */
const VISIBLE_RESHAPING = 0.01;
const NAMED_SCALE: Record<string, number> = {
  same: 1,
  half: 1 / 2,
  quarter: 1 / 4,
} satisfies Record<(typeof NAMED_RESOLUTIONS)[number], number>;

/**
 * Raster as displayed: FFmpeg turns a clip upright before anything else, so a quarter turn swaps the sides and the pixel aspect
 * ratio.
 */
export function uprightRaster(video: VideoStream): Raster | null {
  if (!video.width || !video.height) return null;
  const aspect = positiveRational(video.sampleAspectRatio) ?? SQUARE;
  const quarterTurned = Math.abs(Math.round(video.rotationDegrees)) % 180 === 90;
  return quarterTurned
    ? {
        size: { width: video.height, height: video.width },
        sampleAspectRatio: reduceRational({
          numerator: aspect.denominator,
          denominator: aspect.numerator,
        }),
      }
    : { size: { width: video.width, height: video.height }, sampleAspectRatio: aspect };
}

/** Raster of the proxy. Fields of 4:2:0 chroma need heights in steps of four; DNxHR in MXF keeps no pixel aspect ratio. */
export function proxyRaster(
  request: ProxyRequest,
  upright: Raster,
  scan: ScanPlan,
): Ruling<Raster> {
  const { pixels } = CODEC_RULES[request.codec];
  const fieldsOfColour = scan.order !== 'progressive' && pixels.standard.startsWith('yuv420');
  const { squarePixelCodecs } = CONTAINER_RULES[request.container];
  const needsSquarePixels = squarePixelCodecs?.includes(request.codec) === true;
  return outputRaster(upright, request.resolution, needsSquarePixels, fieldsOfColour ? 4 : 2);
}

/**
 * Raster of the output, always even.
 *
 * `same`, `half` and `quarter` keep the pixel aspect ratio. `WIDTHxHEIGHT` is a box of square pixels: the displayed frame is
 * fitted inside, never enlarged. With a `heightStep` of 4, both fields of an interlaced frame keep whole lines of chroma.
 */
export function outputRaster(
  source: Raster,
  resolution: string,
  needsSquarePixels: boolean,
  heightStep: 2 | 4,
): Ruling<Raster> {
  const named = NAMED_SCALE[resolution];
  if (named !== undefined) {
    const base = needsSquarePixels ? squarePixels(source) : source;
    const value = scaled(base, named, heightStep);
    return { value, warnings: reshaped(base, value) };
  }
  const box = parseBox(resolution);
  const base = squarePixels(source);
  const fit = Math.min(box.width / base.size.width, box.height / base.size.height);
  const warnings =
    fit > 1
      ? [
          `The source (${sizeName(base.size)}) is smaller than the wanted ${resolution} and is not enlarged.`,
        ]
      : [];
  const value = scaled(base, Math.min(fit, 1), heightStep);
  return { value, warnings: [...warnings, ...reshaped(base, value)] };
}

/** Warns if rounding to even sides visibly changes the shape of a small frame. */
function reshaped(source: Raster, output: Raster): string[] {
  const change = displayAspect(output) / displayAspect(source) - 1;
  if (Math.abs(change) <= VISIBLE_RESHAPING) return [];
  const percent = Math.abs(change * 100).toFixed(1);
  return [
    `Its even size, ${sizeName(output.size)}, makes the picture ${percent} % ${change > 0 ? 'wider' : 'narrower'} than the source's.`,
  ];
}

/** Display aspect ratio. */
export function displayAspect({ size, sampleAspectRatio }: Raster): number {
  return (size.width / size.height) * rationalToNumber(sampleAspectRatio);
}

/** True if two rasters have the same pixels in number and shape. */
export function sameRaster(a: Raster, b: Raster): boolean {
  return (
    a.size.width === b.size.width &&
    a.size.height === b.size.height &&
    sameRational(a.sampleAspectRatio, b.sampleAspectRatio)
  );
}

export function sizeName({ width, height }: FrameSize): string {
  return `${width}x${height}`;
}

/** Makes anamorphic pixels square by width and keeps the height, as displays do. */
function squarePixels({ size, sampleAspectRatio }: Raster): Raster {
  const width = (size.width * sampleAspectRatio.numerator) / sampleAspectRatio.denominator;
  return { size: { width, height: size.height }, sampleAspectRatio: SQUARE };
}

function scaled({ size, sampleAspectRatio }: Raster, factor: number, heightStep: number): Raster {
  return {
    size: {
      width: downTo(2, size.width * factor),
      height: downTo(heightStep, size.height * factor),
    },
    sampleAspectRatio,
  };
}

/** Rounds down to a multiple, at least one step; the small term absorbs rounding of exact products. */
function downTo(step: number, value: number): number {
  return Math.max(step, Math.floor((value + 1e-6) / step) * step);
}

function parseBox(resolution: string): FrameSize {
  const [width = 0, height = 0] = resolution.split('x').map(Number);
  return { width, height };
}
