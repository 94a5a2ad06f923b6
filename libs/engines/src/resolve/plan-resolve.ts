import { fps, type MediaInfo, primaryVideo, rationalToNumber } from '../media/index.ts';
import { declaredLength } from '../proxy/time/clock.ts';
import { displayAspect, outputRaster, uprightRaster } from '../proxy/video/frame-size.ts';
import type { TimingPlan, ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { listedSource } from '../proxy/plan-proxy.ts';
import { planTimecode } from '../proxy/time/start-timecode.ts';
import { planTiming } from '../proxy/time/timing.ts';
import type { ProxyExpectation } from '../verify/check.ts';
import { resolveClip, textOf, type ClipProperties } from './resolve-clip.ts';
import {
  hasNoRate,
  importRate,
  resolveOutput,
  timelineRate,
  type ResolveOutput,
} from './resolve-codecs.ts';

/** Request to Resolve, in the words of its scripting interface. */
export interface ResolveRender {
  timeline: {
    /** `23.976`, or `29.97 DF` for drop-frame timecode. */
    rate: string;
    width: number;
    height: number;
    startTimecode: string;
  };
  mode: typeof ONE_FILE;
  format: ResolveOutput['format'];
  codecs: readonly string[];
  /** Keys of `SetRenderSettings` that the render depends on. */
  settings: Readonly<Record<string, boolean | number | string>>;
  /** Keys whose refusal is only a warning. */
  optional: Readonly<Record<string, boolean | number | string>>;
}

/** Render mode: individual clips (0) follow their source, one file (1) follows the timeline. */
const ONE_FILE = 1;

export interface ResolvePlan {
  render: ResolveRender;
  expectation: ProxyExpectation;
  /** Losses and changes with their reasons, in sentences for people. */
  warnings: readonly string[];
}

/** All decisions about a proxy that Resolve makes. */
export interface ClipRender extends ResolvePlan {
  /** Audio channels of the clip. */
  channels: number;
  /** Render settings that this Resolve may refuse without harm, since its version may lack them. */
  refusable: readonly string[];
}

/**
 * Plans what Resolve renders: before the import, the project's frame rate; after it, everything else, from Resolve's properties
 * of the clip.
 */
export class RenderPlanner {
  /** Frame rate of the project before import; `null` keeps the default. */
  readonly importRate: string | null;

  /** @param platform as `process.platform`, where Resolve runs. */
  constructor(
    private readonly request: ProxyRequest,
    /** Frames of a sequence; `null` for a clip of one file. */
    private readonly sequenceFrames: number | null,
    private readonly platform: string,
  ) {
    this.importRate = importRate(request, sequenceFrames !== null);
  }

  /** Sentence of advice in case Resolve can't read the source. @param version `null` when unknown. */
  advice(version: string | null): string {
    const here = version === null ? '' : `; this is ${version}`;
    return `This version of Resolve may not decode its codec${here}.`;
  }

  /**
   * Plans the render of a clip.
   *
   * @param projectRate rate of the project, which a clip without a rate of its own takes on.
   * @param version of Resolve; `null` when unknown.
   * @returns the plan, or a sentence on why Resolve can't do it.
   */
  planClip(
    properties: ClipProperties,
    projectRate: number | null,
    version: string | null,
  ): ClipRender | { obstacle: string } {
    const { request, platform, sequenceFrames } = this;
    const clip = resolveClip(properties);
    const frames = Number(properties['Frames']);
    if (clip === null)
      return refusal(`Resolve can't say how large, fast or long it is. ${this.advice(version)}`);
    if (hasNoRate(request, sequenceFrames !== null, properties['FPS'], projectRate))
      return refusal(NO_RATE);
    if (sequenceFrames !== null && frames !== sequenceFrames)
      return refusal(`Resolve reads ${frames} frames of a sequence of ${sequenceFrames}.`);
    const plan = planResolve(request, clip, platform);
    if ('obstacle' in plan) return plan;
    const warnings = [...plan.warnings, ...clipWarnings(properties)];
    const refusable = version === null || isOlder(version, NEWER_SINCE) ? Object.keys(NEWER) : [];
    return { ...plan, warnings, channels: clipChannels(properties), refusable };
  }
}

const refusal = (obstacle: string) => ({ obstacle });
const NO_RATE =
  "Resolve finds no frame rate in its frames. Set fps_mode to explicit and name the camera's rate in fps_explicit.";

/** Warnings about what a scripted render loses or may lose. */
export function clipWarnings(properties: ClipProperties): string[] {
  const [reel, pixels] = [textOf(properties['Reel Name']), textOf(properties['PAR'])];
  // `PAR` is empty in versions that don't report it, and may be a word in the language of Resolve's interface.
  const isSquare = pixels === '' || pixels === 'Square' || Number(pixels) === 1;
  return [
    reel !== '' &&
      `The reel name ${reel} is not in the proxy: Resolve lets no script set one. Relink by file name and timecode.`,
    !isSquare &&
      `Resolve gives the pixel aspect ratio of the clip as ${pixels}. Unless that means square, the picture is fitted into the proxy with bars: compare it with the clip.`,
  ].filter((warning) => warning !== false);
}

/** Audio channels that Resolve finds in a clip. */
export function clipChannels(properties: ClipProperties): number {
  const channels = Number(properties['Audio Ch'] ?? 0);
  return Number.isInteger(channels) && channels > 0 ? channels : 0;
}

/**
 * Decides everything about a proxy that Resolve makes.
 *
 * @param clip Resolve's description of the source, see `resolveClip`.
 * @param platform as `process.platform`, where Resolve runs.
 * @returns the plan, or a sentence on why Resolve can't do it.
 */
export function planResolve(
  request: ProxyRequest,
  clip: MediaInfo,
  platform: string,
): ResolvePlan | { obstacle: string } {
  const video = primaryVideo(clip);
  const source = video && uprightRaster(video);
  const output = resolveOutput(request, platform);
  if (!video || !source) throw new TypeError('Expected a clip with a picture of known size');
  if ('message' in output) return refusal(output.message);
  const timing = planTiming(request, video);
  if ('path' in timing) return refusal(timing.message);
  const rate = timelineRate(timing.value.rate);
  if (rate === null)
    return refusal(
      `Resolve makes no timeline of ${fps(timing.value.rate)} frames per second. Set fps_mode to "explicit" and name a rate.`,
    );
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
      mode: ONE_FILE,
      format: output.format,
      codecs: output.codecs,
      ...settingsOf(output, timeline, hasAudio),
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
      reelName: null,
      source: facts,
      declared: atOutputRate(declared, timing.value),
    },
    warnings: [timing, raster, timecode].flatMap(({ warnings }) => warnings),
  };
}

/**
 * Start of the timeline for a clip without timecode: by default it is 01:00:00:00, which would look like a timecode of the clip.
 */
const NO_TIMECODE = '00:00:00:00';

/** Keys that versions before 21.1 may refuse: 21.1 is the first version in whose README or type stub they were looked up. */
const NEWER = {
  DataBurnIn: 'None',
  ExportSubtitle: false,
  UseFullExtents: false,
  AddFrameHandles: 0,
};
const NEWER_SINCE = '21.1';

/** True if a version precedes another. False if it can't be parsed. */
function isOlder(version: string, than: string): boolean {
  const [here, there] = [version, than].map((one) => (one.match(/\d+/g) ?? []).map(Number));
  const at = there?.findIndex((number, index) => (here?.[index] ?? 0) !== number) ?? -1;
  return at >= 0 && here?.[0] !== undefined && (here[at] ?? 0) < (there?.[at] ?? 0);
}

/** Sets every key, because an omitted one keeps its value from the preset that was loaded last. */
function settingsOf(
  { audioCodec, profile }: ResolveOutput,
  timeline: ResolveRender['timeline'],
  hasAudio: boolean,
): Pick<ResolveRender, 'settings' | 'optional'> {
  const { width, height, rate } = timeline;
  return {
    settings: {
      SelectAllFrames: true,
      ExportVideo: true,
      ExportAudio: hasAudio,
      FormatWidth: width,
      FormatHeight: height,
    },
    optional: {
      FrameRate: Number.parseFloat(rate),
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
 * Scales the declared frame count to the output rate, since Resolve, unlike FFmpeg, doesn't report how many frames it repeated or
 * dropped.
 */
function atOutputRate(
  declared: ProxyExpectation['declared'],
  { mode, rate, sourceRate }: TimingPlan,
): ProxyExpectation['declared'] {
  if (mode === 'passthrough' || declared.frames === null) return declared;
  const factor = rationalToNumber(rate) / rationalToNumber(sourceRate);
  return { ...declared, frames: Math.round(declared.frames * factor) };
}

/**
 * Project settings that override saved defaults: the whole frame, undistorted, in square pixels, progressive, at its own size and
 * rate, and without colour management, so that the picture is as the camera recorded it. Keys and values are those of
 * `Project.SetSetting`; its type stub of 21.1 lists them. Resolve doesn't fit the picture to the output while timeline and output
 * have the same size, as the third setting ensures. Rate and size follow from the clip.
 */
export const PROJECT_SETTINGS = {
  timelineInputResMismatchBehavior: 'scaleToFit',
  timelineInputResMismatchUseCustomPreset: '0',
  timelineOutputResMatchTimelineRes: '1',
  timelinePixelAspectRatio: 'square',
  timelineFrameRateMismatchBehavior: 'resolve',
  timelineInterlaceProcessing: '0',
  superScale: '1',
  colorScienceMode: 'davinciYRGB',
} as const;
