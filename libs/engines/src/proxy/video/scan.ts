import { type FieldOrder, fieldOrder, type VideoStream } from '../../media/index.ts';
import type { Ruling, ScanPlan, TimingPlan, ProxyRequest } from '../plan/proxy-plan.ts';
import { CODEC_RULES, dnxhdRaster } from '../codecs/codec-rules.ts';
import { outputRaster, type Raster } from './frame-size.ts';

/** Reason why fields can't be kept; `null` for none. */
export type FieldObstacle = 'codec' | 'rotation' | 'rate' | null;

const OBSTACLES: Record<NonNullable<FieldObstacle>, string> = {
  codec: "the codec can't hold fields at this size",
  rotation: 'a clip that is turned upright has no horizontal fields',
  rate: 'the frame rate is changed',
};

/**
 * Plans the field order. Interlaced stays interlaced if codec, rate and rotation allow it; otherwise each frame is deinterlaced
 * to one progressive frame, so that the frame count stays.
 *
 * @param topFirstOnly true for DNxHD, which FFmpeg always writes as top-first: bottom-first fields are shifted by a line instead.
 */
export function planScan(
  video: VideoStream,
  obstacle: FieldObstacle,
  topFirstOnly: boolean,
): Ruling<ScanPlan> {
  const { value: order, warnings } = trustedOrder(video);
  if (order === 'progressive') {
    return { value: { order, deinterlace: false, reorderFields: false }, warnings: [] };
  }
  if (obstacle) {
    return {
      value: { order: 'progressive', deinterlace: true, reorderFields: false },
      warnings: [...warnings, `The interlaced source becomes progressive: ${OBSTACLES[obstacle]}.`],
    };
  }
  if (topFirstOnly && order === 'bottom-first') {
    return {
      value: { order: 'top-first', deinterlace: false, reorderFields: true },
      warnings: [
        ...warnings,
        'The source is bottom field first, the proxy top field first: the picture is shifted by one line.',
      ],
    };
  }
  return { value: { order, deinterlace: false, reorderFields: false }, warnings };
}

/**
 * Field order. That of interlaced frames overrules a container that declares another order or none, but not one that declares
 * progressive.
 */
function trustedOrder(video: VideoStream): Ruling<FieldOrder> {
  const declared = fieldOrder(video);
  const topFirst = video.head?.topFieldFirst ?? null;
  const saysNothing = video.fieldOrder === null && declared === 'progressive';
  if (topFirst === null || (declared === 'progressive' && !saysNothing))
    return { value: declared, warnings: [] };
  const value = topFirst ? 'top-first' : 'bottom-first';
  if (saysNothing)
    return {
      value,
      warnings: [
        `The header says nothing of fields, and the pictures say ${orderName(value)}: they are believed.`,
      ],
    };
  if (value === declared) return { value, warnings: [] };
  return {
    value,
    warnings: [
      `The container says ${orderName(declared)}, the pictures say ${orderName(value)}: the pictures are believed.`,
    ],
  };
}

function orderName(order: FieldOrder): string {
  return order === 'top-first' ? 'top field first' : 'bottom field first';
}

/**
 * Plans the field order of a request: fields are kept unless codec, rotation or rate forbid it. The first obstacle in this order
 * is named.
 */
export function decideScan(
  request: ProxyRequest,
  video: VideoStream,
  upright: Raster,
  timing: TimingPlan,
): Ruling<ScanPlan> {
  const isDnxhd = request.codec === 'dnxhd';
  const { size } = outputRaster(upright, request.resolution, false, 2).value;
  const holdsFields =
    CODEC_RULES[request.codec].interlaced && !(isDnxhd && dnxhdRaster(size, true) === null);
  const obstacles: [boolean, FieldObstacle][] = [
    [!holdsFields, 'codec'],
    [video.rotationDegrees % 360 !== 0, 'rotation'],
    [timing.mode === 'constant', 'rate'],
  ];
  const obstacle = obstacles.find(([applies]) => applies)?.[1] ?? null;
  return planScan(video, obstacle, isDnxhd);
}
