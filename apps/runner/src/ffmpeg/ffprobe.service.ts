import { Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import { MediaFile } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { withNames, hasCrashed, runProcess, sizeOfFile } from '@app/storage';
import { readRanges } from './source-wholeness.ts';
import { requireTool } from './ffmpeg-tools.ts';

/**
 * Inspects media files with the installed ffprobe. An aborted signal ends ffprobe; the call then rejects with the signal's reason.
 *
 * @throws JobFailure `EngineUnavailableError` without ffprobe, `EngineStalledError` if it hangs, `EngineError` if something outside ended it.
 */
@Injectable()
export class FfprobeService {
  constructor(private readonly settings: RunnerSettings) {}

  /** Reads the header of a regular file that isn't empty, and its first frames if the header leaves their times open. */
  async probe(path: string, signal?: AbortSignal) {
    return this.#file(path, signal).probe();
  }

  /** Reads only the header of such a file. */
  async describe(path: string, signal?: AbortSignal) {
    return this.#file(path, signal).describe();
  }

  /**
   * Reads such a file to its end: the header and all packets.
   *
   * @param deeper true to look farther into the file for streams that begin late.
   */
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
    // A crash is caused by the file and recurs. A kill from outside, such as by the OOM killer, isn't the file's fault.
    if (endedBy !== null && !hasCrashed(outcome))
      throw new JobFailure('probe_ended', { path: withNames(path), signal: endedBy });
  }
}
