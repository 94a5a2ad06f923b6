import { randomUUID } from 'node:crypto';
import { JobFailure } from '@app/jobspec';
import { execa } from 'execa';
import { PROGRAM_DIRECTORY } from './environment.ts';
import { MARKED_ENVIRONMENT, startOrphanGuard } from './orphan-guard.ts';
import { boundToThisProcess, type Argv } from './parent-death.ts';
import { PROGRAM_MARK, ProgramEnd } from './program-end.ts';
import { StallWatchdog } from './stall-watchdog.ts';
import { errorMessage } from '../files/index.ts';
import { TailBuffer } from './tail-buffer.ts';

/** At most this much of what a program writes to stderr goes into a result. */
const MAX_STDERR_BYTES = 64 * 1024;

export interface ProcessOptions {
  /** Ends the program when aborted. */
  signal?: AbortSignal | undefined;
  /** Seconds without progress after which the program is ended as stalled; 0 waits for ever. */
  stallSeconds: number;
  /** Told each chunk of stdout; answers whether it shows progress. */
  onStdout: (chunk: Uint8Array) => boolean;
  /** Told each chunk of stderr, of which the outcome has the last part. */
  onStderr?: (chunk: Uint8Array) => void;
  /** Told what comes on further pipes, which the program has as descriptors 3, 4 and so on. */
  pipes?: readonly ((chunk: Uint8Array) => void)[];
}

export interface ProcessOutcome {
  /** `null` when the program was ended by a signal. */
  exitCode: number | null;
  /** The signal that ended the program, for example `SIGKILL`. */
  endedBy: string | null;
  stalled: boolean;
  /** The last part of it. */
  stderr: string;
}

/**
 * Runs a program to its end, without a shell and without stdin. It gets a process group of its own, so a terminal's
 * Ctrl-C doesn't reach it. Nothing that it starts outlives it, and it doesn't outlive the runner.
 *
 * @throws JobFailure `EngineError` when the program can't be started.
 */
export async function runProcess(argv: Argv, options: ProcessOptions): Promise<ProcessOutcome> {
  startOrphanGuard();
  const [command, ...args] = await boundToThisProcess(argv);
  const id = randomUUID();
  const child = execa(command, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...(options.pipes ?? []).map(() => 'pipe' as const)],
    encoding: 'buffer',
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
    env: { ...MARKED_ENVIRONMENT, [PROGRAM_MARK]: id },
    cwd: PROGRAM_DIRECTORY,
  });
  const ending = new ProgramEnd(child, id);
  const end = () => ending.ask();
  const watchdog = new StallWatchdog(options.stallSeconds, end);
  const stderr = new TailBuffer(MAX_STDERR_BYTES);
  child.stderr.on('data', (chunk: Uint8Array) => {
    stderr.append(chunk);
    options.onStderr?.(chunk);
  });
  child.stdout.on('data', (chunk: Uint8Array) => {
    if (options.onStdout(chunk)) watchdog.reset();
  });
  for (const [index, take] of (options.pipes ?? []).entries())
    child.stdio[3 + index]?.on('data', take);
  options.signal?.addEventListener('abort', end, { once: true });
  if (options.signal?.aborted) end();
  const result = await Promise.race([child, ending.leftAlone]);
  ending.clear();
  watchdog.clear();
  options.signal?.removeEventListener('abort', end);
  const { exitCode = null, signal: endedBy = null } = result;
  if (exitCode === null && endedBy === null) throw notStarted(argv[0], result.cause);
  return { exitCode, endedBy, stalled: watchdog.fired, stderr: stderr.toString() };
}

function notStarted(command: string, cause: unknown): JobFailure {
  const message = `${command} could not be started: ${errorMessage(cause)}`;
  return new JobFailure('EngineError', message, { cause });
}
