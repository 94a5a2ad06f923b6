import { posix } from 'node:path';
import { shellCommand } from '@app/jobspec';
import { SOURCE_CONTAINERS, sourceFormat } from '../media/index.ts';

/**
 * POSIX shell command, to be run in the file's folder, that rewraps a file into another container without re-encoding. It has no
 * absolute path: sentences in results are cut to a length, and a long path would cut off the command.
 *
 * @param extension of the new file, with the dot; it names the container.
 */
export function rewrapCommand(
  path: string,
  extension: string,
  inputOptions: readonly string[] = [],
): string {
  const name = `./${posix.basename(path)}`;
  const output = ['-map', '0', '-dn', '-c', 'copy', `${name}${extension}`];
  return shellCommand(['ffmpeg', ...inputOptions, '-i', name, ...output]);
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
