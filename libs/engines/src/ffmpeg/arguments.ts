import { CONFINED_INPUT, fileInput } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { containerArguments } from './container-arguments.ts';
import { decodingOptions } from './decoding-options.ts';
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

/** Zero is the earliest picture; filters fill or cut what the audio tracks have before or after it. */
function inputs({ picture, audio }: ProxyPlan, path: string): string[] {
  const { startOffset, reorderDelay } = picture.clock;
  const options = decodingOptions(picture);
  const unnamed = audio.filter(({ unlabelled }) => unlabelled);
  const layouts = unnamed.flatMap(({ streamIndex }) => [`-guess_layout_max:${streamIndex}`, '0']);
  return reorderDelay > 0
    ? [...input(path, startOffset + reorderDelay, options), ...input(path, startOffset, layouts)]
    : [...input(path, startOffset, [...options, ...layouts])];
}

function input(path: string, offset: number, options: readonly string[] = []): string[] {
  const shift = (-offset).toFixed(6);
  const clock = Number(shift) === 0 ? [] : ['-itsoffset', shift];
  return [...CONFINED_INPUT, ...clock, ...options, '-i', fileInput(path)];
}

/** A picture with a clock of its own is read from an input of its own. */
function streamMap({ picture, audio }: ProxyPlan): string[] {
  const sound = picture.clock.reorderDelay > 0 ? 1 : 0;
  return [
    '-map',
    `0:${picture.streamIndex}`,
    ...audio.flatMap(({ streamIndex }) => ['-map', `${sound}:${streamIndex}`]),
  ];
}
