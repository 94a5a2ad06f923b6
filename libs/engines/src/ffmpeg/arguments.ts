import { CONFINED_INPUT, fileInput } from '../media/ffprobe-arguments.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { containerArguments } from './container-arguments.ts';
import { pictureArguments } from './picture-arguments.ts';
import { soundArguments } from './sound-arguments.ts';

export interface ClipPaths {
  /** Absolute. */
  input: string;
  /** Absolute; a temporary name that is ours alone, for it is overwritten. */
  output: string;
}

/**
 * FFmpeg's arguments for a plan, without the program's name. The same plan and paths give the same arguments.
 *
 * Any error of reading or decoding ends the run (`-xerror`), and an output or a stream without a packet is an error
 * (`-abort_on`). Progress goes to standard output, one `key=value` a line.
 */
export function ffmpegArguments(plan: ProxyPlan, { input, output }: ClipPaths): string[] {
  return [
    ['-hide_banner', '-nostdin', '-y', '-loglevel', 'level+warning', '-nostats'],
    ['-progress', 'pipe:1', '-xerror', '-abort_on', 'empty_output+empty_output_stream'],
    inputs(plan, input),
    streamMap(plan),
    pictureArguments(plan),
    soundArguments(plan),
    containerArguments(plan),
    [fileInput(output)],
  ].flat();
}

/** Zero is the picture's first frame; filters fill or cut what the audio tracks have before or after it. */
function inputs({ picture }: ProxyPlan, path: string): string[] {
  const { decoderOptions, startOffset, reorderDelay } = picture;
  const sound = reorderDelay > 0 ? input(path, startOffset) : [];
  return [...input(path, startOffset + reorderDelay, decoderOptions), ...sound];
}

function input(path: string, offset: number, options: readonly string[] = []): string[] {
  const clock = offset > 0 ? ['-itsoffset', `-${offset.toFixed(6)}`] : [];
  return [...CONFINED_INPUT, ...clock, ...options, '-i', fileInput(path)];
}

/** A picture with a clock of its own is read from an input of its own. */
function streamMap({ picture, audio }: ProxyPlan): string[] {
  const sound = picture.reorderDelay > 0 ? 1 : 0;
  return [
    '-map',
    `0:${picture.streamIndex}`,
    ...audio.flatMap(({ streamIndex }) => ['-map', `${sound}:${streamIndex}`]),
  ];
}
