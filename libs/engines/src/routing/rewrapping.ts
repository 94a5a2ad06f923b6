import { posix } from 'node:path';
import { SOURCE_CONTAINERS, sourceFormat } from '../media/index.ts';

/**
 * The command that puts what a file holds into another one, as it is, for a POSIX shell in the file's folder: not the whole
 * path, or a long one would end a sentence before the command does.
 *
 * @param extension of the new file, with the dot; it names the container.
 * @param inputOptions of FFmpeg, with a space behind.
 */
export function rewrapCommand(path: string, extension: string, inputOptions = ''): string {
  const name = `./${posix.basename(path)}`;
  return `ffmpeg ${inputOptions}-i ${quoted(name)} -map 0 -dn -c copy ${quoted(`${name}${extension}`)}`;
}

/**
 * What to do about a source that has less than its header promises and is all there is.
 *
 * @param formatName as ffprobe names its container.
 */
export function completing(path: string, formatName: string): string {
  const format = sourceFormat(formatName);
  if (format === null) return '';
  const [extension] = SOURCE_CONTAINERS[format].extensions;
  return `If this is all of it, as of a segment of a stream, rewrap it in its folder: ${rewrapCommand(path, extension ?? '')}`;
}

/** As a POSIX shell takes it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
