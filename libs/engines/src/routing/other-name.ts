import { SOURCE_CONTAINERS, SOURCE_FORMATS, sourceFormat } from '../media/index.ts';
import { extensionOf } from './recognise-raw.ts';

/**
 * What is said of a source that is called as one container and is another: FFmpeg goes by what is in a file, and takes what is left of one
 * that lost its header for something else.
 *
 * @param formatName as ffprobe names its container.
 */
export function otherNameWarnings(path: string, formatName: string): string[] {
  const extension = extensionOf(path);
  const format = sourceFormat(formatName);
  const named = SOURCE_FORMATS.filter((name) =>
    SOURCE_CONTAINERS[name].extensions.includes(extension),
  );
  if (format === null || named.length === 0 || named.includes(format)) return [];
  return [
    `The source is called ${extension} and is ${SOURCE_CONTAINERS[format].title} inside. If nobody has renamed it, its header is lost: look at the proxy.`,
  ];
}
