import { posix } from 'node:path';
import { SOURCE_CONTAINERS, sourceFormat } from '../media/index.ts';

/**
 * POSIX shell command, to be run in the file's folder, that rewraps a file into another container without re-encoding. It has no
 * absolute path: sentences in results are cut to a length, and a long path would cut off the command.
 *
 * @param extension of the new file, with the dot; it names the container.
 * @param inputOptions FFmpeg's input options, with a space after them.
 */
export function rewrapCommand(path: string, extension: string, inputOptions = ''): string {
  const name = `./${posix.basename(path)}`;
  return `ffmpeg ${inputOptions}-i ${quoted(name)} -map 0 -dn -c copy ${quoted(`${name}${extension}`)}`;
}

/**
 * Advice for the case that a source is complete even though it holds less than its header promises.
 *
 * @param formatName ffprobe's name of the container.
 */
export function completionAdvice(path: string, formatName: string): string {
  const format = sourceFormat(formatName);
  if (format === null) return '';
  const [extension] = SOURCE_CONTAINERS[format].extensions;
  return `If this is all of it, as with a segment of a stream, rewrap it in its folder: ${rewrapCommand(path, extension ?? '')}`;
}

/** Quotes an argument for a POSIX shell. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
