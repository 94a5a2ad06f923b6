import { fileInput, reduceRational, type Rational } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { inputs } from './inputs.ts';
import { videoArguments, TIMES } from './video-arguments.ts';
import { audioArguments, audioGraph, audioInput, audioLabel } from './audio-arguments.ts';
import { burnInGraph, burnInInputs, BURNT_PAD } from './burn-in-graph.ts';
import { captureArguments } from './capture-arguments.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';

export interface ClipPaths {
  /** Absolute. */
  input: string;
  /** Absolute path of a file that belongs to the runner alone, because it is overwritten. */
  output: string;
  /** Absolute path for downscaled source frames; the source's audio goes to pipes. Without it, the source isn't captured. */
  capture?: string;
}

/**
 * FFmpeg's arguments for a plan, without the program's name. The same plan and paths give the same arguments.
 *
 * Any error of reading or decoding ends the run (`-xerror`), and an output or a stream without a packet is an error
 * (`-abort_on`). Progress goes to standard output, one `key=value` a line.
 */
export function ffmpegArguments(plan: ProxyPlan, { input, output, capture }: ClipPaths): string[] {
  // FFmpeg can't report source frames for an output of a complex graph. In that case the capture, which has as many, reports
  // them.
  const reportOptions = plan.video.burnIn === null ? TIMES : [];
  return [
    ['-hide_banner', '-nostdin', '-y', '-loglevel', 'level+warning', '-nostats'],
    ['-progress', 'pipe:1', ...proxyArguments(plan, input, reportOptions, capture)],
    [fileInput(output)],
  ].flat();
}

/**
 * Command that makes the same proxy and nothing else, for people: its last word is the proxy's path, and it overwrites nothing.
 * The options that a run adds capture the source, and change no byte of the proxy.
 */
export function proxyCommand(plan: ProxyPlan, { input, output }: ClipPaths): string[] {
  return ['ffmpeg', '-n', '-hide_banner', '-nostdin', ...proxyArguments(plan, input, []), output];
}

/** @param reportOptions options by which the run reports its frames. @param capture without it, the source isn't captured. */
function proxyArguments(
  plan: ProxyPlan,
  input: string,
  reportOptions: readonly string[],
  capture?: string,
): string[] {
  return [
    ['-xerror', '-abort_on', 'empty_output+empty_output_stream'],
    inputs(plan, input),
    burnInInputs(plan.video),
    audioGraph(plan, capture !== undefined),
    capture === undefined ? [] : captureArguments(plan, capture),
    streamMap(plan),
    videoArguments(plan, reportOptions),
    audioArguments(plan),
    containerArguments(plan),
  ].flat();
}

function streamMap(plan: ProxyPlan): string[] {
  const { video, audio } = plan;
  const audioMaps = audio.flatMap((_, position) => ['-map', audioLabel(position)]);
  if (video.burnIn === null) return ['-map', `0:${video.streamIndex}`, ...audioMaps];
  const burnt = burnInGraph(video, video.burnIn, audioInput(plan) + 1);
  return ['-filter_complex', burnt, '-map', BURNT_PAD, ...audioMaps];
}

/** Metadata of the container, and its muxer. Nothing is copied from the source unasked. */
export function containerArguments({ container, timecode, reelName, video }: ProxyPlan): string[] {
  const rule = CONTAINER_RULES[container];
  return [
    ['-map_metadata', '-1', '-map_chapters', '-1'],
    timecode === null ? [] : ['-metadata:s:v:0', `timecode=${timecode}`],
    reelName === null || 'missing' in rule.reelName
      ? []
      : [rule.reelName.option, `reel_name=${reelName}`],
    ['-fflags', '+bitexact'],
    rule.movieTicks ? movieClock(video.timing.rate) : [],
    rule.muxer,
  ].flat();
}

/** Ticks per second of a movie, by default and at most: 120000/1001 is the finest standard rate. */
const MOVIE_TICKS = { usual: 1000, most: 120_000 };

/** Option for a movie's clock, whose ticks divide both a frame and a millisecond: the default would round frames of 23.976 or 24. */
function movieClock({ numerator }: Rational): string[] {
  const { usual, most } = MOVIE_TICKS;
  const ticks = usual * reduceRational({ numerator, denominator: usual }).numerator;
  return ticks === usual || ticks > most ? [] : ['-movie_timescale', String(ticks)];
}
