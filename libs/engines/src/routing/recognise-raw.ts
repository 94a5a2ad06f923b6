import { posix } from 'node:path';
import type { MediaInfo, VideoStream } from '../media/index.ts';
import { RAW_FORMATS, type RawFormat, UNKNOWN_CODEC } from './source-formats.ts';

/** The extension of a file name or path with its dot, in lower case; empty when there is none. */
export function extensionOf(path: string): string {
  return posix.extname(path).toLowerCase();
}

/** The RAW format of a frame file (`.ari .arx .dng .vraw .vrw`) by its name, or `null`. */
export function rawFrameFormat(fileName: string): RawFormat | null {
  return formatByExtension(fileName, 'always');
}

/**
 * RAW format of the frames in a folder, or `null` when it holds none. Hidden files don't count: macOS leaves `._A001.ari` on
 * shares. Of several formats, that of the first name in code unit order counts, whatever the locale.
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
 * Friendly codec name of a stream that only Resolve can develop: that of a known RAW format, or `unknown` when FFmpeg doesn't know
 * the codec. `null` for everything else.
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
