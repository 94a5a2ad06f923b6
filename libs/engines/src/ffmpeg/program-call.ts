import { JobFailure } from '@app/jobspec';

/** Takes a part of what a program writes. */
export type Reader = (chunk: Uint8Array) => void;

/** One run of a program: what it is given, and who takes what it writes. */
export interface ProgramCall {
  argv: readonly [program: string, ...args: string[]];
  onStdout?: Reader;
  onStderr?: Reader;
  /** Of descriptors 3, 4 and so on. */
  pipes?: readonly Reader[];
  /** Counts up while the program moves. Without it, each part of its standard output is a movement. */
  progress?: { readonly movements: number; moved(): void };
  /** A file that it writes: it moves as long as that changes, too. */
  writes?: string;
  /** Seconds in which it must have ended, whatever it writes; without it, it may go on for as long as it moves. */
  mostSeconds?: number;
}

/** How a program has ended. */
export interface ProgramEnding {
  /** `null` when a signal ended it. */
  exitCode: number | null;
  /** That signal, for example `SIGKILL`. */
  endedBy: string | null;
  /** Whether it was ended as it didn't move, or took too long. */
  stalled: boolean;
  /** The last part of it. */
  stderr: string;
}

/** Runs a program to its end. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramEnding>;

/** Readers that hand each part on. */
export function readersOf(takers: readonly { take: Reader }[]): Reader[] {
  return takers.map((taker) => (chunk) => taker.take(chunk));
}

/** After SIGTERM and SIGINT. */
const EXIT_STOPPED = 255;

/** Why FFmpeg did not get through a file that it read; `null` when it came to an end of its own, or did not run. */
export function interruption(
  run: ProgramEnding | null,
  file: 'source' | 'proxy',
  stallSeconds: number,
): JobFailure | null {
  if (run === null) return null;
  if (run.stalled) return new JobFailure('comparison_stalled', { file, seconds: stallSeconds });
  // It ends with a code of its own when it is asked to stop, which is also that of `EPERM`.
  const isStopped =
    run.exitCode === EXIT_STOPPED && !run.stderr.includes('Operation not permitted');
  const signal = isStopped ? 'a signal' : run.endedBy;
  return signal === null ? null : new JobFailure('comparison_ended', { file, signal });
}
