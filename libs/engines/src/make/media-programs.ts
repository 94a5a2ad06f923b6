import type { ProgramCall, ProgramEnding, RunProgram } from '../ffmpeg/program-call.ts';
import type { FilterFile } from '../look/table-file.ts';
import type { MediaFile } from '../preflight/media-file.ts';

/** Limits of a program's run. */
export interface Bounds {
  signal: AbortSignal;
  /** Seconds without progress after which the program is stopped. */
  stallSeconds: number;
}

/** FFmpeg and ffprobe, within limits: all that making, inspecting and verifying a proxy asks of the machine. */
export interface MediaPrograms {
  bounds: Bounds;
  /** Runs a program to its end, also to that of a stop. @throws JobFailure if it can't be started; the errors of the readers of its output. */
  run: RunProgram;
  /** File to be described by ffprobe. */
  probe: (path: string) => Pick<MediaFile, 'size' | 'describe' | 'scan' | 'checkCompleteness'>;
}

/** Runs a program whose outcome doesn't matter after a stop. @throws the reason of the signal. */
export async function runAside(
  { run, bounds }: Omit<MediaPrograms, 'probe'>,
  call: ProgramCall,
): Promise<ProgramEnding> {
  const ended = await run(call);
  bounds.signal.throwIfAborted();
  return ended;
}

/** File in which a pass stores the source's reference frames. */
export interface Capture {
  /** Path for programs. */
  path: string;
  /** Path for people. */
  shownPath: string;
  /** Directory on the file's disk, for people. */
  shownDirectory: string;
  /** Called while the file is written. @throws JobFailure if it was too large at the last check. */
  watchSpace(): void;
}

/** Files besides source and proxy, made by the runner. */
export interface ClipFiles {
  /** Writes those that are missing. */
  writeTables: (files: readonly FilterFile[]) => Promise<void>;
  /**
   * Lends a capture to an encode. Starts over if other files used up its space, which isn't the clip's fault.
   *
   * @param bytes that must be free for the file.
   */
  withCapture: <T>(
    bytes: number,
    encode: (capture: Capture) => Promise<{ run: T; lacksSpace: boolean }>,
  ) => Promise<T>;
}
