import { CONFINED_INPUT, fileInput } from '../media/ffprobe-arguments.ts';
import type { ProxyPlan } from '../proxy/proxy-plan.ts';
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
    ['-hide_banner', '-nostdin', '-y', '-loglevel', 'warning', '-nostats'],
    ['-progress', 'pipe:1', '-xerror', '-abort_on', 'empty_output+empty_output_stream'],
    CONFINED_INPUT,
    clockOffset(plan),
    ['-i', fileInput(input)],
    streamMap(plan),
    pictureArguments(plan),
    soundArguments(plan),
    containerArguments(plan),
    [fileInput(output)],
  ].flat();
}

/** Zero is the picture's first frame; filters fill or cut what the audio tracks have before or after it. */
function clockOffset({ picture }: ProxyPlan): string[] {
  return picture.startOffset > 0 ? ['-itsoffset', `-${picture.startOffset.toFixed(6)}`] : [];
}

function streamMap({ picture, audio }: ProxyPlan): string[] {
  return [picture, ...audio].flatMap(({ streamIndex }) => ['-map', `0:${streamIndex}`]);
}
