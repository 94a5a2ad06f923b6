import { dirname } from 'node:path';
import { ffmpegErrors, ffmpegReason } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import { NoSpaceFailure } from '../files/index.ts';
import type { ProcessOutcome } from '../process/child-process.ts';
import type { EncoderProgress } from './encoder-progress.ts';

/** FFmpeg ends with the low byte of the negative errno: 256 - 28 (measured with FFmpeg 7.1.5). */
const EXIT_NO_SPACE = 228;
/** So many of its errors are shown. */
const SHOWN = 3;

/** Why an FFmpeg run failed, or `null` when it ended well. Exit 0 says little: the output is verified next. */
export function ffmpegFailure(
  outcome: ProcessOutcome,
  stagingPath: string,
  stallSeconds: number,
): JobFailure | null {
  if (outcome.stalled) {
    return new JobFailure(
      'EngineStalledError',
      `FFmpeg made no progress for ${stallSeconds} s and was stopped. Check the source and the storage.`,
    );
  }
  if (outcome.exitCode === 0) return null;
  if (outcome.exitCode === EXIT_NO_SPACE) return new NoSpaceFailure(dirname(stagingPath));
  const ending =
    outcome.exitCode === null
      ? `FFmpeg was ended by ${outcome.endedBy}`
      : `FFmpeg exited with code ${outcome.exitCode}`;
  const reason = ffmpegReason(outcome.stderr);
  return new JobFailure('EngineError', reason === null ? ending : `${sentence(reason)}. ${ending}`);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What an FFmpeg run that ended well says of itself, in sentences for people. */
export function runWarnings(stderr: string, progress: EncoderProgress): string[] {
  return [...frameWarnings(progress), ...errorWarnings(stderr)];
}

function frameWarnings({ duplicatedFrames, droppedFrames }: EncoderProgress): string[] {
  if (duplicatedFrames === 0 && droppedFrames === 0) return [];
  return [`Frames that were repeated: ${duplicatedFrames}, dropped: ${droppedFrames}.`];
}

/** How many frames more than its source a proxy has, by what {@link runWarnings} said when it was made. */
export function framesAdded(warnings: readonly string[]): number {
  const counts = warnings.flatMap(
    (warning) =>
      /^Frames that were repeated: (\d+), dropped: (\d+)\.$/.exec(warning)?.slice(1) ?? [],
  );
  const [repeated = 0, dropped = 0] = counts.map(Number);
  return repeated - dropped;
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
