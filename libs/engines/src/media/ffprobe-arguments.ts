/**
 * The demuxers a source may use: the containers that carry clips, and REDCODE's own. None of them can open a second
 * file or a socket. Left out on purpose are those that do (`hls`, `dash`, `concat`, `imf`, `sdp`, `vobsub`, `mlv`),
 * still images and their name patterns (`image2`, `*_pipe`), pure audio, and text that FFmpeg shows as video (`tty`).
 */
export const SOURCE_FORMATS = [
  'mov',
  'mxf',
  'matroska',
  'avi',
  'mpegts',
  'mpeg',
  'gxf',
  'dv',
  'r3d',
] as const;

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
