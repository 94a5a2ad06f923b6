import { JobFailure } from '@app/jobspec';

/** Takes a chunk of a program's output. */
export type Reader = (chunk: Uint8Array) => void;

/** One run of a program: its arguments, and the readers of its output. */
export interface ProgramCall {
  argv: readonly [program: 'ffmpeg' | 'ffprobe', ...args: string[]];
  onStdout?: Reader;
  onStderr?: Reader;
  /** Readers of descriptors 3, 4 and so on. */
  pipes?: readonly Reader[];
  /** Counts movements, which show that the program isn't hung; without it, each chunk of standard output is a movement. */
  progress?: { readonly movements: number; moved(): void };
  /** File that the program writes: a change of it is a movement, too. */
  writes?: string;
  /** Most seconds that the program may take, whatever it writes; without a limit, it may run for as long as there are movements. */
  mostSeconds?: number;
}

/** Ending of a program. */
export interface ProgramEnding {
  /** `null` if a signal ended it. */
  exitCode: number | null;
  /** Signal that ended it, for example `SIGKILL`. */
  endedBy: string | null;
  /** True if it was ended because there was no movement, or because it took too long. */
  stalled: boolean;
  /** Last part of standard error. */
  stderr: string;
}

/** Runs a program to its end. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramEnding>;

/** Readers that pass each chunk on. */
export function readersOf(takers: readonly { take: Reader }[]): Reader[] {
  return takers.map((taker) => (chunk) => taker.take(chunk));
}

const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']);

/** True if a program crashed, which would happen again with the same input; being killed from outside would not. */
export function hasCrashed({ endedBy }: Pick<ProgramEnding, 'endedBy'>): boolean {
  return endedBy !== null && CRASHES.has(endedBy);
}

/** Exit code after SIGTERM and SIGINT. */
const EXIT_STOPPED = 255;

/** Failure if FFmpeg hung or was ended by a signal before the end of a file; `null` if it ended by itself, or wasn't run. */
export function interruption(
  run: ProgramEnding | null,
  file: 'source' | 'proxy',
  stallSeconds: number,
): JobFailure | null {
  if (run === null) return null;
  if (run.stalled) return new JobFailure('comparison_stalled', { file, seconds: stallSeconds });
  // FFmpeg exits with the same code for `EPERM` as when it is asked to stop.
  const isStopped =
    run.exitCode === EXIT_STOPPED && !run.stderr.includes('Operation not permitted');
  const signal = isStopped ? 'a signal' : run.endedBy;
  return signal === null ? null : new JobFailure('comparison_ended', { file, signal });
}
