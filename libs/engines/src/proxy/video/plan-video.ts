import {
  type VideoStream,
  bitDepth,
  hasAlpha,
  hasHiddenAlpha,
  isHdr,
  dynamicMetadata,
} from '../../media/index.ts';
import type { Container } from '@app/jobspec';
import { CODEC_RULES, type CodecRule } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type {
  ClockPlan,
  VideoPlan,
  PlanViolation,
  Ruling,
  TimingPlan,
  ProxyRequest,
} from '../plan/proxy-plan.ts';
import { planColour, afterLook, planLook } from './colour.ts';
import { displayAspect, proxyRaster, sameRaster, uprightRaster } from './frame-size.ts';
import { encoderChoice } from './encoder-choice.ts';
import { decideScan } from './scan.ts';

/**
 * Decides everything about the video, once its timing is decided.
 *
 * @throws TypeError when the source has no video: routing has refused such sources.
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
      ignoresRotation: turn.value,
      dropsStereoViews: views.value,
      decoderOptions: decoderOptions(video, pixelFormat.value),
      ...encoder.value,
    },
    warnings: [...rulings.flatMap(({ warnings }) => warnings), ...dynamicWarnings(video)],
  };
}

/**
 * Plans the pixel format: alpha if both codec and source have it, else the HDR format for PQ and HLG, else the deep one for more
 * than 8 bits, else the standard one.
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

/** Decoders of libvpx, which read alpha; FFmpeg's own drop it. */
const ALPHA_DECODERS: Record<string, string> = { vp8: 'libvpx', vp9: 'libvpx-vp9' };

/**
 * FFmpeg's input options to decode everything that a stream holds.
 *
 * @param pixelFormat of the proxy.
 */
export function decoderOptions(video: VideoStream, pixelFormat: string): readonly string[] {
  const codec = video.codecName ?? '';
  // By default, the decoder of Motion JPEG conceals damage and reports it in the log only (measured with FFmpeg 7.1.5).
  if (codec === 'mjpeg') return ['-err_detect:v', 'explode'];
  const decoder = ALPHA_DECODERS[codec];
  return decoder && hasHiddenAlpha(video) && hasAlpha(pixelFormat) ? ['-c:v', decoder] : [];
}

/**
 * True to ignore a rotation that frames declare (H.264 and HEVC in an SEI, JPEG in Exif) and the container doesn't: FFmpeg would
 * rotate some of these frames, but not all that follow one.
 */
export function planTurn({ carries, sideData }: VideoStream): Ruling<boolean> {
  const isDeclared = sideData.some((block) => block['side_data_type'] === 'Display Matrix');
  const isLeftOut = !isDeclared && carries?.includes('3x3 displaymatrix') === true;
  return { value: isLeftOut, warnings: isLeftOut ? [TURN_LEFT_OUT] : [] };
}

const TURN_LEFT_OUT =
  'Its pictures, and not its container, say that they are to be shown turned or mirrored, which few programs heed: the proxy shows them as they are coded.';

/**
 * True to ignore a container's clean aperture (`clap`, `PixelCrop`), which FFmpeg would show alone, enlarged. Editors put the whole
 * frame on their timelines, and the proxy does the same.
 */
export function planCropping({ sideData }: VideoStream): Ruling<boolean> {
  const isCropped = sideData.some((block) => block['side_data_type'] === 'Frame Cropping');
  return {
    value: isCropped,
    warnings: isCropped
      ? ['The source declares a clean aperture; the proxy shows the whole picture, as editors do.']
      : [],
  };
}

/** Type of a stream with a layer for each eye (MV-HEVC), of which FFmpeg decodes the base view. */
const TWO_LAYERS = 'unspecified';

/**
 * True to drop the stereo description of a source, either because the proxy has one view only, as for a phone's spatial video, or
 * because its container has no name for the arrangement.
 */
export function planViews(container: Container, { sideData }: VideoStream): Ruling<boolean> {
  const stereo = sideData.find((block) => block['side_data_type'] === 'Stereo 3D');
  const type = stereo === undefined ? null : String(stereo['type']);
  if (type === TWO_LAYERS) return { value: true, warnings: [ONE_EYE] };
  const { namelessViews } = CONTAINER_RULES[container];
  const value = type !== null && namelessViews?.includes(type) === true;
  const nameless = `The source says that it is stereoscopic, in a way that ${container.toUpperCase()} has no name for: this is left out.`;
  return { value, warnings: value ? [nameless] : [] };
}

const ONE_EYE =
  'The source is spatial video, with a picture for each eye: the proxy has that of one eye (the base view) and is a plain picture.';

/** Warnings on dynamic HDR metadata, which no proxy keeps. */
export function dynamicWarnings(video: VideoStream): string[] {
  return dynamicMetadata(video).map(
    (name) =>
      `${name} metadata is left out: the proxy has the base picture, as screens without it show it.`,
  );
}
