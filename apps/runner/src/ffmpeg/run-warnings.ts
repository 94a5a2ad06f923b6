import { ffmpegErrors } from '@app/engines';
import type { EncoderProgress } from './encoder-progress.ts';

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
  const errors = ffmpegErrors(stderr).map(({ component, message }) =>
    component === null ? message : `${component}: ${message}`,
  );
  if (errors.length === 0) return [];
  const shown = [...new Set(errors)].slice(0, SHOWN).join('; ');
  return [
    `FFmpeg reported ${errors.length} error${errors.length === 1 ? '' : 's'} and went on: ${shown}. Look at the proxy.`,
  ];
}
