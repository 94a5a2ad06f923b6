import { FOREIGN_FORMATS } from './foreign-formats.ts';
import { SOURCE_FORMATS } from './source-containers.ts';

/**
 * Input options that confine FFmpeg and ffprobe to the one file they are given; they belong before `-i`.
 * A whitelist refuses a file by what it is, whatever its extension. QuickTime's external references (`dref`) need no
 * option: they are off unless `-enable_drefs` asks for them, which FFmpeg accepts for MOV alone.
 */
export const CONFINED_INPUT: readonly string[] = confinedTo(SOURCE_FORMATS);

function confinedTo(formats: readonly string[]): readonly string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', formats.join(',')];
}

/** The path as FFmpeg must be given it: never taken for a protocol, whatever the file is called. */
export function fileInput(path: string): string {
  return `file:${path}`;
}

/**
 * Arguments for ffprobe (without the program itself) to describe one file as JSON on stdout, or the reason why it
 * can't, as `{ "error": … }` with exit code 1.
 *
 * @param options.foreign names a container that sources may not have, instead of one that they may.
 * @param options.packets reads the whole file and tells of every packet, one a line, for a `PacketScan`: exact, and slower.
 */
export function ffprobeArguments(
  path: string,
  options: { packets?: boolean; foreign?: boolean } = {},
): readonly string[] {
  const quiet = ['-v', 'quiet', '-hide_banner'];
  const report = [
    '-output_format',
    'json=compact=1',
    '-show_error',
    '-show_format',
    '-show_streams',
  ];
  const entries = 'packet=stream_index,pts,dts,duration,size,flags';
  const packets = options.packets ? ['-show_packets', '-show_entries', entries] : [];
  const input = options.foreign ? confinedTo(Object.keys(FOREIGN_FORMATS)) : CONFINED_INPUT;
  return [...quiet, ...report, ...packets, ...input, '-i', fileInput(path)];
}
