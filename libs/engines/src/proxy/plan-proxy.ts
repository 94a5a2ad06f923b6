import type { MediaInfo, VideoStream } from '../media/media-info.ts';
import { primaryVideo } from '../media/media-info.ts';
import { sameRational } from '../media/rational.ts';
import { planClock } from './time/clock.ts';
import { planCropping } from './picture/cropping.ts';
import { planAudio } from './sound/audio-tracks.ts';
import { CONTAINER_RULES } from './containers/container-rules.ts';
import { CODEC_RULES, type CodecRule } from './codecs/codec-rules.ts';
import { planColour } from './picture/colour.ts';
import { declaredLength } from './time/declared-length.ts';
import { decoderOptions } from './picture/decoder-options.ts';
import { dnxhdRaster } from './codecs/dnxhd-profiles.ts';
import { encoderChoice } from './picture/encoder-choice.ts';
import { leftOut } from './left-out.ts';
import { displayAspect, outputRaster, uprightRaster, type Raster } from './picture/frame-size.ts';
import { planPixelFormat } from './picture/pixel-format.ts';
import type { PlanViolation, ProxyPlan, Ruling, ScanPlan, TimingPlan } from './plan/proxy-plan.ts';
import type { ProxyRequest } from './plan/proxy-request.ts';
import { planReelName } from './time/reel-name.ts';
import { planScan, type FieldObstacle } from './picture/scan.ts';
import { planTimecode } from './time/start-timecode.ts';
import { planTiming } from './time/timing.ts';

export type Planning =
  | { plan: ProxyPlan; violations?: undefined }
  | { plan?: undefined; violations: readonly PlanViolation[] };

/**
 * Decides everything about one proxy. The same request and source give the same plan; nothing is read or run.
 *
 * @returns The plan, or what the codec can't do at the wanted size or rate.
 * @throws TypeError when the source has no picture: routing refuses such sources before.
 */
export function planProxy(request: ProxyRequest, source: MediaInfo): Planning {
  const video = primaryVideo(source);
  const upright = video && uprightRaster(video);
  if (!video || !upright) throw new TypeError('Expected a source with a picture of known size');
  const timing = planTiming(request, video);
  if (isViolation(timing)) return { violations: [timing] };
  const scan = decideScan(request, video, upright, timing.value);
  const rule = CODEC_RULES[request.codec];
  const raster = decideRaster(request, rule, upright, scan.value);
  const encoder = encoderChoice({
    request,
    video,
    size: raster.value.size,
    scan: scan.value,
    timing: timing.value,
  });
  if (isViolation(encoder)) return { violations: [encoder] };
  const pixelFormat = planPixelFormat(rule, video);
  const colour = planColour(request, rule, video, raster.value.size);
  const audio = planAudio(request.container, source, video);
  const timecode = planTimecode(source, video, timing.value);
  const reel = planReelName(source, video, request.container, timecode.value);
  const cropping = planCropping(video);
  const rulings = [raster, timing, cropping, scan, pixelFormat, colour, audio, timecode, reel];
  return {
    plan: {
      codec: request.codec,
      container: request.container,
      picture: {
        streamIndex: video.index,
        ...raster.value,
        displayAspect: displayAspect(upright),
        scaled: !sameRaster(raster.value, upright),
        timing: timing.value,
        scan: scan.value,
        pixelFormat: pixelFormat.value,
        colour: colour.value,
        decoderOptions: decoderOptions(video, pixelFormat.value),
        ...encoder.value,
        uncropped: cropping.value,
        clock: planClock(request, source, video, timing.value),
      },
      audio: audio.value,
      timecode: timecode.value,
      reelName: reel.value,
      declared: declaredLength(request, source, video, timing.value, audio.value),
      warnings: [...rulings.flatMap(({ warnings }) => warnings), ...leftOut(source, video)],
    },
  };
}

function decideScan(
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

/** Fields of 4:2:0 colour need heights in steps of four; DNxHR in MXF keeps no pixel shape. */
function decideRaster(
  request: ProxyRequest,
  rule: CodecRule,
  upright: Raster,
  scan: ScanPlan,
): Ruling<Raster> {
  const fieldsOfColour = scan.order !== 'progressive' && rule.pixels.standard.startsWith('yuv420');
  const { squarePixelCodecs } = CONTAINER_RULES[request.container];
  const needsSquarePixels = squarePixelCodecs.includes(request.codec);
  return outputRaster(upright, request.resolution, needsSquarePixels, fieldsOfColour ? 4 : 2);
}

function sameRaster(a: Raster, b: Raster): boolean {
  return (
    a.size.width === b.size.width &&
    a.size.height === b.size.height &&
    sameRational(a.sampleAspectRatio, b.sampleAspectRatio)
  );
}

function isViolation<T>(ruling: Ruling<T> | PlanViolation): ruling is PlanViolation {
  return 'path' in ruling;
}
