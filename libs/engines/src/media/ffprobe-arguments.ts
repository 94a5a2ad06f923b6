import { SOURCE_FORMATS } from './source-containers.ts';

/**
 * Input options that confine FFmpeg and ffprobe to the one file they are given; they belong before `-i`.
 * A whitelist refuses a file by what it is, whatever its extension. QuickTime's external references (`dref`) need no
 * option: they are off unless `-enable_drefs` asks for them, which FFmpeg accepts for MOV alone.
 */
export const CONFINED_INPUT: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  SOURCE_FORMATS.join(','),
];

/** The path as FFmpeg must be given it: never taken for a protocol, whatever the file is called. */
export function fileInput(path: string): string {
  return `file:${path}`;
}

/**
 * Arguments for ffprobe (without the program itself) to describe one file as JSON on stdout, or the reason why it
 * can't, as `{ "error": … }` with exit code 1.
 *
 * @param options.countPackets reads the whole file and counts the packets of every stream: exact, and much slower.
 */
export function ffprobeArguments(
  path: string,
  options: { countPackets?: boolean } = {},
): readonly string[] {
  const quiet = ['-v', 'quiet', '-hide_banner'];
  const report = ['-output_format', 'json', '-show_error', '-show_format', '-show_streams'];
  const count = options.countPackets ? ['-count_packets'] : [];
  return [...quiet, ...report, ...count, ...CONFINED_INPUT, '-i', fileInput(path)];
}
