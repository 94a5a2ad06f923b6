import {
  formatRational,
  fps,
  isHdr,
  rationalToNumber,
  type VideoStream,
} from '../../media/index.ts';
import { CODEC_RULES, DNXHD_RASTERS, dnxhdRaster, dnxhdRates } from '../codecs/codec-rules.ts';
import { sizeName } from './frame-size.ts';
import type {
  FrameSize,
  VideoPlan,
  PlanViolation,
  Ruling,
  ScanPlan,
  TimingPlan,
  ProxyRequest,
} from '../plan/proxy-plan.ts';

export type EncoderChoice = Pick<VideoPlan, 'profile' | 'encoderOptions'>;

/** Parts of a plan that the encoder's settings follow from. */
export interface EncoderDemand {
  request: ProxyRequest;
  video: VideoStream;
  size: FrameSize;
  scan: ScanPlan;
  timing: TimingPlan;
}

/** Profile and options for the codec, or why it can't encode this size or rate. */
export function encoderChoice(demand: EncoderDemand): Ruling<EncoderChoice> | PlanViolation {
  const { request, size, timing, video } = demand;
  const rule = CODEC_RULES[request.codec];
  const { minimum } = rule;
  if (minimum && (size.width < minimum.width || size.height < minimum.height)) {
    return {
      path: 'resolution',
      message: `${request.codec} can't hold ${sizeName(size)}: its smallest picture is ${sizeName(minimum)}. Choose a larger resolution or another codec.`,
    };
  }
  if (request.codec === 'dnxhd') return dnxhdOptions(demand);
  if (request.codec === 'dnxhr') {
    return isHdr(video)
      ? ruling('DNXHR HQX', ['-profile:v', 'dnxhr_hqx'])
      : ruling('DNXHR LB', ['-profile:v', 'dnxhr_lb']);
  }
  return ruling(rule.profile ?? null, rule.interFrame ? ['-g', String(halfSecond(timing))] : []);
}

function dnxhdOptions({
  request,
  size,
  scan,
  timing,
}: EncoderDemand): Ruling<EncoderChoice> | PlanViolation {
  const interlaced = scan.order !== 'progressive';
  const raster = dnxhdRaster(size, interlaced);
  if (!raster) {
    return {
      path: 'resolution',
      message: `DNxHD can't hold ${sizeName(size)}: it has the sizes ${rasterNames()} and no others. Choose one of them or codec dnxhr, which takes any size.`,
    };
  }
  if (!dnxhdRates(interlaced).includes(formatRational(timing.rate))) {
    return {
      path: request.explicitFps === null ? 'codec' : 'fps_explicit',
      message: `DNxHD can't hold ${fps(timing.rate)} frames per second at ${sizeName(size)}${interlaced ? ' interlaced' : ''}. Choose another rate or codec dnxhr.`,
    };
  }
  return ruling('DNXHD', ['-b:v', raster.bitRate]);
}

function rasterNames(): string {
  return [...new Set(DNXHD_RASTERS.map(sizeName))].join(', ');
}

/** Keyframe interval in frames: half a second, so that seeking in an NLE decodes no more than that. */
function halfSecond(timing: TimingPlan): number {
  return Math.max(1, Math.round(rationalToNumber(timing.rate) / 2));
}

function ruling(profile: string | null, encoderOptions: string[]): Ruling<EncoderChoice> {
  return { value: { profile, encoderOptions }, warnings: [] };
}
