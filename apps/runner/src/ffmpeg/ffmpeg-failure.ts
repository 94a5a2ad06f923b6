import { dirname } from 'node:path';
import { ffmpegReason } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import { NoSpaceFailure } from '../files/index.ts';
import type { ProcessOutcome } from '../process/child-process.ts';

/** FFmpeg ends with the low byte of the negative errno: 256 - 28 (measured with FFmpeg 7.1.5). */
const EXIT_NO_SPACE = 228;

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
