import { posix } from 'node:path';
import type { MediaInfo, VideoStream } from '../media/index.ts';
import { RAW_FORMATS, type RawFormat, UNKNOWN_CODEC } from './source-formats.ts';

/** Extension of a file name or path, in lower case and with the dot; empty if there is none. */
export function extensionOf(path: string): string {
  return posix.extname(path).toLowerCase();
}

/** RAW format of a file that holds a single frame (`.ari .arx .dng .vraw .vrw`), by its extension, or `null`. */
export function rawFrameFormat(fileName: string): RawFormat | null {
  return formatByExtension(fileName, 'always');
}

/**
 * RAW format of the frames in a folder, or `null` when it holds none. Hidden files don't count: macOS leaves `._A001.ari` on
 * shares. If formats are mixed, the first file name in code unit order decides, which is the same in every locale.
 */
export function rawSequenceFormat(fileNames: readonly string[]): RawFormat | null {
  const frames = fileNames.filter((name) => !name.startsWith('.') && rawFrameFormat(name) !== null);
  const [first, ...rest] = frames;
  if (first === undefined) return null;
  return rawFrameFormat(rest.reduce((least, name) => (name < least ? name : least), first));
}

/** RAW format of a file that ffprobe can't read, by its extension, or `null`. */
export function rawFormatOfUnreadable(path: string): RawFormat | null {
  return formatByExtension(path, 'unreadable');
}

/**
 * Codec name, as in results, of a stream that only Resolve can develop: that of a known RAW format, or `unknown` if FFmpeg
 * doesn't know the codec. `null` for every other stream.
 */
export function rawCodecOf(path: string, media: MediaInfo, video: VideoStream): string | null {
  const format = RAW_FORMATS.find((format) => describes(format, media, video));
  if (format) return format.codec;
  if (video.codecName !== null) return null;
  return rawFormatOfUnreadable(path)?.codec ?? UNKNOWN_CODEC;
}

function describes(format: RawFormat, media: MediaInfo, video: VideoStream): boolean {
  const { codecTags, codecNames, demuxer, pixelFormatPrefix } = format;
  return (
    media.formatName === demuxer ||
    (video.codecName !== null && codecNames?.includes(video.codecName) === true) ||
    codecTags?.includes(video.codecTag) === true ||
    (pixelFormatPrefix !== undefined && video.pixelFormat?.startsWith(pixelFormatPrefix) === true)
  );
}

function formatByExtension(path: string, when: RawFormat['byExtension']): RawFormat | null {
  const extension = extensionOf(path);
  return (
    RAW_FORMATS.find(
      (format) => format.byExtension === when && format.extensions.includes(extension),
    ) ?? null
  );
}
