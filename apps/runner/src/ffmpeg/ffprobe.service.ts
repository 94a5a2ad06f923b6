import { Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import { MediaFile } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { withNames, hasCrashed, runProcess, sizeOfFile } from '@app/storage';
import { readRanges } from './source-wholeness.ts';
import { requireTool } from './ffmpeg-tools.ts';

/**
 * Looks into media files with the installed ffprobe. When a signal is aborted, ffprobe is ended and the promise rejects with the signal's
 * reason.
 *
 * @throws JobFailure `EngineUnavailableError` when there is no ffprobe, `EngineStalledError` when it hangs, `EngineError` when it was ended.
 */
@Injectable()
export class FfprobeService {
  constructor(private readonly settings: RunnerSettings) {}

  /** Reads the headers of a regular file that is not empty, and what its first pictures tell. */
  async probe(path: string, signal?: AbortSignal) {
    return this.#file(path, signal).probe();
  }

  /** Reads the header of such a file alone, and no picture. */
  async describe(path: string, signal?: AbortSignal) {
    return this.#file(path, signal).describe();
  }

  /** Reads a file to its end, too, and tells what its packets tell. */
  async scan(path: string, signal?: AbortSignal, deeper = false) {
    return this.#file(path, signal).scan(deeper);
  }

  #file(path: string, signal?: AbortSignal): MediaFile {
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    return new MediaFile({
      path,
      size: async () => (await sizeOfFile(path)) ?? Infinity,
      ffprobe: (args, onStdout) => this.#run(path, args, { ...bounds, onStdout }),
      readRanges: (look) => readRanges(path, bounds, look),
    });
  }

  async #run(
    path: string,
    args: readonly string[],
    options: Parameters<typeof runProcess>[1],
  ): Promise<void> {
    await requireTool('ffprobe');
    const { signal, stallSeconds } = options;
    const outcome = await runProcess(['ffprobe', ...args], options).finally(() =>
      signal?.throwIfAborted(),
    );
    if (outcome.stalled)
      throw new JobFailure('probe_stalled', { path: withNames(path), seconds: stallSeconds });
    const { endedBy } = outcome;
    // A crash says something of the file, and comes each time. Who ends a program, as a system without memory does, says nothing.
    if (endedBy !== null && !hasCrashed(outcome))
      throw new JobFailure('probe_ended', { path: withNames(path), signal: endedBy });
  }
}
