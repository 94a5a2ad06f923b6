import { hasCrashed, MediaFile, type Bounds, type MediaPrograms } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import { Progress, runProcess, sizeOfFile, withNames, type ProcessOptions } from '@app/storage';
import { requireTool } from './ffmpeg-tools.ts';
import { readRanges } from './read-ranges.ts';

/** FFmpeg and ffprobe within limits. @throws JobFailure `EngineUnavailableError` where one of them is missing. */
export function mediaPrograms(bounds: Bounds): MediaPrograms {
  const { signal, stallSeconds } = bounds;
  return {
    bounds,
    run: async ({ argv, mostSeconds, ...readers }) => {
      await requireTool(argv[0]);
      // A call that reports no progress has a limit for its whole run.
      const limits =
        mostSeconds === undefined
          ? { stallSeconds }
          : { stallSeconds: mostSeconds, progress: new Progress() };
      return runProcess(argv, { signal, ...limits, ...readers });
    },
    probe: (path) => mediaFile(path, bounds),
  };
}

/**
 * File to be inspected with the installed ffprobe. An aborted signal ends ffprobe; the call then rejects with the signal's reason.
 *
 * @throws JobFailure `EngineUnavailableError` without ffprobe, `EngineStalledError` if it hangs, `EngineError` if something outside ended it.
 */
export function mediaFile(
  path: string,
  bounds: Pick<ProcessOptions, 'signal' | 'stallSeconds'>,
): MediaFile {
  return new MediaFile({
    path,
    size: () => sizeOfFile(path),
    ffprobe: (args, onStdout) => runFfprobe(path, args, { ...bounds, onStdout }),
    readRanges: (look) => readRanges(path, bounds, look),
  });
}

async function runFfprobe(path: string, args: readonly string[], options: ProcessOptions) {
  await requireTool('ffprobe');
  const { signal, stallSeconds } = options;
  const outcome = await runProcess(['ffprobe', ...args], options).finally(() =>
    signal?.throwIfAborted(),
  );
  if (outcome.stalled)
    throw new JobFailure('probe_stalled', { path: withNames(path), seconds: stallSeconds });
  const { endedBy } = outcome;
  // A crash is caused by the file and recurs. A kill from outside, such as by the OOM killer, isn't the file's fault.
  if (endedBy !== null && !hasCrashed(outcome))
    throw new JobFailure('probe_ended', { path: withNames(path), signal: endedBy });
}
