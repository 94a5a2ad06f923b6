import type { VideoStream } from '../../media/index.ts';
import { CODEC_RULES } from '../codecs/codec-rules.ts';
import { dnxhdRaster } from '../codecs/dnxhd-profiles.ts';
import type { Ruling, ScanPlan, TimingPlan } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';
import { outputRaster, type Raster } from './frame-size.ts';
import { planScan, type FieldObstacle } from './scan.ts';

/** Keeps the fields of a picture unless codec, rotation or rate forbid it, the first of these first. */
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
