import type { VideoStream } from '../../media/index.ts';
import { CODEC_RULES } from '../codecs/codec-rules.ts';
import type {
  ClockPlan,
  VideoPlan,
  PlanViolation,
  Ruling,
  TimingPlan,
} from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';
import { planColour } from './colour.ts';
import { decoderOptions, dynamicWarnings, planCropping, planViews, planTurn } from './decoding.ts';
import { encoderChoice } from './encoder-choice.ts';
import { decideScan } from './field-obstacles.ts';
import { displayAspect, proxyRaster, sameRaster, uprightRaster } from './frame-size.ts';
import { afterLook, planLook } from './look.ts';
import { planPixelFormat } from './pixel-format.ts';

/**
 * Decides everything about the picture, once its times are decided.
 *
 * @throws TypeError when the source has no picture: routing refuses such sources before.
 */
export function planVideo(
  request: ProxyRequest,
  video: VideoStream,
  timing: Ruling<TimingPlan>,
  clock: ClockPlan,
): Ruling<Omit<VideoPlan, 'burnIn'>> | PlanViolation {
  const upright = uprightRaster(video);
  if (!upright) throw new TypeError('Expected a source with a picture of known size');
  const rule = CODEC_RULES[request.codec];
  const scan = decideScan(request, video, upright, timing.value);
  const raster = proxyRaster(request, upright, scan.value);
  const { size } = raster.value;
  const shown = afterLook(request, video);
  const demand = { request, video: shown, size, scan: scan.value, timing: timing.value };
  const encoder = encoderChoice(demand);
  if ('path' in encoder) return encoder;
  const cropping = planCropping(video);
  const turn = planTurn(video);
  const views = planViews(request.container, video);
  const pixelFormat = planPixelFormat(rule, shown);
  const look = planLook(request, video, pixelFormat.value);
  if (look !== null && 'path' in look) return look;
  const colour = planColour(request, rule, video, size);
  const rulings = [raster, timing, cropping, turn, views, scan, pixelFormat, colour];
  return {
    value: {
      streamIndex: video.index,
      ...raster.value,
      displayAspect: displayAspect(upright),
      scaled: !sameRaster(raster.value, upright),
      timing: timing.value,
      clock,
      scan: scan.value,
      pixelFormat: pixelFormat.value,
      colour: colour.value,
      look,
      uncropped: cropping.value,
      withoutTurn: turn.value,
      withoutViews: views.value,
      decoderOptions: decoderOptions(video, pixelFormat.value),
      ...encoder.value,
    },
    warnings: [...rulings.flatMap(({ warnings }) => warnings), ...dynamicWarnings(video)],
  };
}
