import { posix } from 'node:path';
import { SOURCE_CONTAINERS, sourceFormat } from '../media/index.ts';

/**
 * Command for a POSIX shell in the file's folder that rewraps a file, unchanged, into another container. It has no absolute path: a
 * long one would end a sentence before the command does.
 *
 * @param extension of the new file, with the dot; it names the container.
 * @param inputOptions of FFmpeg, with a space behind.
 */
export function rewrapCommand(path: string, extension: string, inputOptions = ''): string {
  const name = `./${posix.basename(path)}`;
  return `ffmpeg ${inputOptions}-i ${quoted(name)} -map 0 -dn -c copy ${quoted(`${name}${extension}`)}`;
}

/**
 * Advice for a source that is complete though it has less than its header promises.
 *
 * @param formatName as ffprobe names its container.
 */
export function completing(path: string, formatName: string): string {
  const format = sourceFormat(formatName);
  if (format === null) return '';
  const [extension] = SOURCE_CONTAINERS[format].extensions;
  return `If this is all of it, as of a segment of a stream, rewrap it in its folder: ${rewrapCommand(path, extension ?? '')}`;
}

/** Quotes an argument for a POSIX shell. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
