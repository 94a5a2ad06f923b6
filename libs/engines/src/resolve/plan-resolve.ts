import { fps, type MediaInfo, primaryVideo, rationalToNumber } from '../media/index.ts';
import { declaredLength } from '../proxy/time/clock.ts';
import { displayAspect, outputRaster, uprightRaster } from '../proxy/video/frame-size.ts';
import type { TimingPlan, ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { listedSource } from '../proxy/plan-proxy.ts';
import { planTimecode } from '../proxy/time/start-timecode.ts';
import { planTiming } from '../proxy/time/timing.ts';
import type { ProxyExpectation } from '../verify/check.ts';
import { isOlder } from './raw-decoders.ts';
import { resolveOutput, timelineRate, type ResolveOutput } from './resolve-codecs.ts';

/** What Resolve is asked for, in the words of its scripting interface. */
export interface ResolveRender {
  timeline: {
    /** `23.976`, or `29.97 DF` for drop-frame timecode. */
    rate: string;
    width: number;
    height: number;
    startTimecode: string;
  };
  mode: RenderMode;
  format: ResolveOutput['format'];
  codecs: readonly string[];
  /** Keys of `SetRenderSettings` without which the render would be another one. */
  settings: Readonly<Record<string, boolean | number | string>>;
  /** Keys whose refusal is a warning. */
  optional: Readonly<Record<string, boolean | number | string>>;
}

/** How Resolve renders: individual clips (0), as their source is, or one file (1), as the timeline is. */
export type RenderMode = 0 | 1;
export const ONE_FILE: RenderMode = 1;

export interface ResolvePlan {
  render: ResolveRender;
  expectation: ProxyExpectation;
  /** What is lost or changed, and why, in sentences for people. */
  warnings: readonly string[];
}

/**
 * Decides everything about a proxy that Resolve makes.
 *
 * @param clip what Resolve says of the source, see `resolveClip`.
 * @param platform as `process.platform`, where Resolve runs.
 * @param mode production renders one file. Of individual clips the manual says that rate, timecode and channels are the source's.
 * @returns the plan, or a sentence on what of the clip Resolve can't do.
 */
export function planResolve(
  request: ProxyRequest,
  clip: MediaInfo,
  platform: string,
  mode: RenderMode = ONE_FILE,
): ResolvePlan | { obstacle: string } {
  const video = primaryVideo(clip);
  const source = video && uprightRaster(video);
  const output = resolveOutput(request, platform);
  if (!video || !source) throw new TypeError('Expected a clip with a picture of known size');
  if ('message' in output) return { obstacle: output.message };
  const timing = planTiming(request, video);
  if ('path' in timing) return { obstacle: timing.message };
  const rate = timelineRate(timing.value.rate);
  if (rate === null) {
    const obstacle = `Resolve makes no timeline of ${fps(timing.value.rate)} frames per second. Set fps_mode to "explicit" and name a rate.`;
    return { obstacle };
  }
  const raster = outputRaster(source, request.resolution, true, 2);
  const timecode = planTimecode(clip, video, timing.value);
  const start = timecode.value ?? NO_TIMECODE;
  const { size } = raster.value;
  const isDropFrame = start.includes(';');
  const timeline = { ...size, rate: isDropFrame ? `${rate} DF` : rate, startTimecode: start };
  const hasAudio = clip.streams.length > 1;
  const facts = listedSource(clip, video);
  const declared = declaredLength(request, clip, video, timing.value, []);
  return {
    render: {
      timeline,
      mode,
      format: output.format,
      codecs: output.codecs,
      ...settingsOf(output, mode, timeline, hasAudio),
    },
    expectation: {
      codec: request.codec,
      container: request.container,
      video: {
        size,
        displayAspect: displayAspect(raster.value),
        timing: timing.value,
        scan: { order: 'progressive' },
        pixelFormat: null,
        colour: null,
        profile: output.profile,
      },
      audio: hasAudio ? 'any' : [],
      timecode: start,
      reelName: mode === ONE_FILE ? null : facts.reel,
      source: facts,
      declared: atOutputRate(declared, timing.value),
    },
    warnings: [timing, raster, timecode].flatMap(({ warnings }) => warnings),
  };
}

/** A new timeline begins at 01:00:00:00, which would look like a timecode of the clip. */
const NO_TIMECODE = '00:00:00:00';

/** Keys that not every version from 18.0 on has, and the one whose README or type stub was read: an earlier one may refuse them. */
const NEWER = {
  DataBurnIn: 'None',
  ExportSubtitle: false,
  UseFullExtents: false,
  AddFrameHandles: 0,
};
const NEWER_SINCE = '21.1';

/** All that can be said is always said: what is left out comes from whatever preset somebody loaded before. */
function settingsOf(
  { audioCodec, profile }: ResolveOutput,
  mode: RenderMode,
  timeline: ResolveRender['timeline'],
  hasAudio: boolean,
): Pick<ResolveRender, 'settings' | 'optional'> {
  const isOneFile = mode === ONE_FILE;
  const { width, height, rate } = timeline;
  return {
    settings: {
      SelectAllFrames: true,
      ExportVideo: true,
      ExportAudio: hasAudio,
      ...(isOneFile && { FormatWidth: width, FormatHeight: height }),
    },
    optional: {
      ...(isOneFile && { FrameRate: Number.parseFloat(rate) }),
      PixelAspectRatio: 'square',
      ColorSpaceTag: 'Same as Project',
      GammaTag: 'Same as Project',
      ExportAlpha: false,
      // 0 is automatic.
      ...(profile === null && { VideoQuality: 0, MultiPassEncode: false }),
      ...(hasAudio && { AudioCodec: audioCodec, AudioSampleRate: 48_000 }),
      ...(hasAudio && audioCodec === 'lpcm' && { AudioBitDepth: 24 }),
      ...NEWER,
    },
  };
}

/**
 * Whether a Resolve may refuse a render setting without harm: its version may not have it.
 *
 * @param version `null` when it isn't known.
 */
export function isExpectedRefusal(key: string, version: string | null): boolean {
  return key in NEWER && (version === null || isOlder(version, NEWER_SINCE));
}

/** FFmpeg counts what it repeats and drops to reach another rate; Resolve doesn't, so the promise is converted. */
function atOutputRate(
  declared: ProxyExpectation['declared'],
  { mode, rate, sourceRate }: TimingPlan,
): ProxyExpectation['declared'] {
  if (mode === 'passthrough' || declared.frames === null) return declared;
  const factor = rationalToNumber(rate) / rationalToNumber(sourceRate);
  return { ...declared, frames: Math.round(declared.frames * factor) };
}
