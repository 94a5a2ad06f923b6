import { SOURCE_FORMATS, sourceContainer } from './source-containers.ts';
import type { MediaInfo, AudioStream, VideoStream } from './media-info.ts';

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

/** Probe limits that find streams that begin late, 200 MB and 120 s of packets, all kept in memory. FFmpeg's own limit is 5 MB. */
const DEEP = ['-probesize', '200M', '-analyzeduration', '120M'] as const;

/** Input options with which FFmpeg finds the same streams of a file as the probe did. */
export function probeOptions({ isProbedDeeper }: Pick<MediaInfo, 'isProbedDeeper'>) {
  return isProbedDeeper === true ? DEEP : [];
}

/** Path as an input of FFmpeg: the prefix keeps it from being taken for a protocol, whatever the file is called. */
export function fileInput(path: string): string {
  return `file:${path}`;
}

/**
 * Arguments for ffprobe (without the program itself) to describe one file as JSON on stdout, or the reason why it can't, as `{
 * "error": … }` with exit code 1.
 *
 * @param options.deeper reads farther to find streams that begin late.
 * @param options.packets reads the whole file and lists every packet, one a line, for a `PacketScan`: exact, and slower.
 */
export function ffprobeArguments(
  path: string,
  options: { packets?: boolean; deeper?: boolean } = {},
): readonly string[] {
  const quiet = ['-v', 'quiet', '-hide_banner'];
  const report = [
    '-output_format',
    'json=compact=1',
    '-show_error',
    '-show_format',
    '-show_programs',
    '-show_streams',
  ];
  const entries = 'packet=stream_index,pts,dts,duration,size,flags';
  const packets = options.packets ? ['-show_packets', '-show_entries', entries] : [];
  const deeper = options.deeper ? DEEP : [];
  return [...quiet, ...report, ...packets, ...deeper, ...CONFINED_INPUT, '-i', fileInput(path)];
}

/** Arguments for ffprobe to read a file until the first packet of a stream, if there is any. */
export function firstPacketArguments(path: string, index: number): readonly string[] {
  const one = ['-select_streams', String(index), '-read_intervals', '%+#1', '-show_packets'];
  const report = ['-output_format', 'json=compact=1', '-show_entries', 'packet=stream_index'];
  return ['-v', 'quiet', ...one, ...report, ...DEEP, ...CONFINED_INPUT, '-i', fileInput(path)];
}

/** Audio tracks with a codec but without channel count or sample rate. */
export function unknownTracks({ streams }: MediaInfo): AudioStream[] {
  return streams.filter(
    (stream): stream is AudioStream =>
      stream.kind === 'audio' && stream.codecName !== null && !hasAudio(stream),
  );
}

/**
 * True if some streams may begin after the part that ffprobe has read. In most containers ffprobe lists such streams without
 * their format, in a program stream not at all. Streams of unknown codecs don't count, although they lack a format too.
 */
export function mayBeginLate(media: MediaInfo): boolean {
  const lacksVideo = media.streams.some(
    (stream) => stream.kind === 'video' && stream.codecName !== null && !hasVideo(stream),
  );
  return (
    lacksVideo || unknownTracks(media).length > 0 || !sourceContainer(media.formatName).listsStreams
  );
}

/** The deeper probe if it knows more streams, else the first. */
export function richerProbe(first: MediaInfo, deeper: MediaInfo): MediaInfo {
  return knownStreams(deeper) > knownStreams(first) ? { ...deeper, isProbedDeeper: true } : first;
}

function knownStreams({ streams }: MediaInfo): number {
  return streams.filter((stream) =>
    stream.kind === 'audio' ? hasAudio(stream) : stream.kind !== 'video' || hasVideo(stream),
  ).length;
}

function hasVideo({ width, pixelFormat }: VideoStream): boolean {
  return width !== null && pixelFormat !== null;
}

function hasAudio({ channels, sampleRate }: AudioStream): boolean {
  return channels !== null && sampleRate !== null;
}
