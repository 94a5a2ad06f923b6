import { type VideoStream, bitDepth, hasAlpha, hasHiddenAlpha, isHdr } from '../../media/index.ts';
import { CODEC_RULES, type CodecRule } from '../codecs/codec-rules.ts';
import type {
  ClockPlan,
  VideoPlan,
  PlanViolation,
  Ruling,
  TimingPlan,
  ProxyRequest,
} from '../plan/proxy-plan.ts';
import { planColour, afterLook, planLook } from './colour.ts';
import { decoderOptions, dynamicWarnings, planCropping, planViews, planTurn } from './decoding.ts';
import { encoderChoice } from './encoder-choice.ts';
import { decideScan } from './scan.ts';
import { displayAspect, proxyRaster, sameRaster, uprightRaster } from './frame-size.ts';

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

/**
 * The output's pixel format: alpha where the codec has it and the source too, else the HDR format for PQ and HLG, else
 * the deep one for more than 8 bits, else the standard one.
 */
export function planPixelFormat(rule: CodecRule, video: VideoStream): Ruling<string> {
  const { standard, deep, hdr, alpha } = rule.pixels;
  const warnings: string[] = [];
  if (hasAlpha(video.pixelFormat) || hasHiddenAlpha(video)) {
    if (alpha) return { value: alpha, warnings };
    warnings.push("The alpha channel is lost: the codec can't hold one. prores_4444 does.");
  }
  const chosen =
    (isHdr(video) ? (hdr ?? deep) : undefined) ??
    (bitDepth(video.pixelFormat) > 8 ? deep : undefined) ??
    standard;
  if (isHdr(video) && bitDepth(chosen) === 8) {
    warnings.push('HDR is reduced to 8 bits: gradients may show bands.');
  }
  return { value: chosen, warnings };
}
