import type { EncoderProgress } from './encoder-progress.ts';

/** As FFmpeg writes them with `-loglevel level+…`: `[mjpeg @ 0x55d1c8] [error] bad vlc`. */
const ERROR_LINE = /^(?:\[([^\]@]+?)(?: @ [^\]]*)?\] )*\[(?:error|fatal)\] (.*\S)/;
const SHOWN = 3;

/** What an FFmpeg run that ended well says of itself, in sentences for people. */
export function runWarnings(stderr: string, progress: EncoderProgress): string[] {
  return [...frameWarnings(progress), ...errorWarnings(stderr)];
}

function frameWarnings({ duplicatedFrames, droppedFrames }: EncoderProgress): string[] {
  if (duplicatedFrames === 0 && droppedFrames === 0) return [];
  return [`Frames that were repeated: ${duplicatedFrames}, dropped: ${droppedFrames}.`];
}

/** Decoders paint over some damage and go on; what they call an error is never kept back. */
function errorWarnings(stderr: string): string[] {
  const errors = stderr.split('\n').flatMap((line) => {
    const [, component, message] = ERROR_LINE.exec(line) ?? [];
    return message === undefined ? [] : [component ? `${component}: ${message}` : message];
  });
  if (errors.length === 0) return [];
  const shown = [...new Set(errors)].slice(0, SHOWN).join('; ');
  return [
    `FFmpeg reported ${errors.length} error${errors.length === 1 ? '' : 's'} and went on: ${shown}. Look at the proxy.`,
  ];
}
