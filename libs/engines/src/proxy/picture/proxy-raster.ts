import { CODEC_RULES } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { Ruling, ScanPlan } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';
import { outputRaster, type Raster } from './frame-size.ts';

/** Fields of 4:2:0 colour need heights in steps of four; DNxHR in MXF keeps no pixel shape. */
export function proxyRaster(
  request: ProxyRequest,
  upright: Raster,
  scan: ScanPlan,
): Ruling<Raster> {
  const { pixels } = CODEC_RULES[request.codec];
  const fieldsOfColour = scan.order !== 'progressive' && pixels.standard.startsWith('yuv420');
  const { squarePixelCodecs } = CONTAINER_RULES[request.container];
  const needsSquarePixels = squarePixelCodecs.includes(request.codec);
  return outputRaster(upright, request.resolution, needsSquarePixels, fieldsOfColour ? 4 : 2);
}
