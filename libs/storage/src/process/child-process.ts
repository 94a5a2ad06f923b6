import type { ChildProcess, StdioOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { ProgramCall, ProgramEnding } from '@app/engines';
import { withNames } from '../files/system-error.ts';
import { type Argv, startProgram } from './start-program.ts';
import { knownEnvironment } from './environment.ts';
import { MARKED_ENVIRONMENT, startOrphanGuard } from './orphan-guard.ts';
import { type Ending, PROGRAM_MARK, ProgramEnd, Progress, StallWatchdog } from './program-end.ts';

/** Limit of the stderr kept for a result. */
const MAX_STDERR_BYTES = 64 * 1024;

export interface ProcessOptions extends Omit<ProgramCall, 'argv' | 'mostSeconds'> {
  /** Ends the program when aborted. */
  signal?: AbortSignal | undefined;
  /** Seconds without progress after which the program is ended as stalled; 0 for no limit. */
  stallSeconds: number;
  /** Replaces {@link knownEnvironment}. */
  environment?: Readonly<NodeJS.ProcessEnv>;
}

/**
 * Runs a program to its end, without a shell and without stdin. It has a process group of its own, so that a terminal's
 * Ctrl-C doesn't reach it. Nothing that it starts outlives it, and it doesn't outlive the runner. Its environment is
 * {@link knownEnvironment} unless another one is given.
 *
 * @throws JobFailure `program_not_started`; errors of a reader.
 */
export async function runProcess(argv: Argv, options: ProcessOptions): Promise<ProgramEnding> {
  await startOrphanGuard();
  const { onStdout = drop, onStderr = drop, pipes = [], progress = new Progress() } = options;
  const id = randomUUID();
  const child = await start(argv, options, id);
  const ending = new ProgramEnd(child, id);
  const end = () => ending.terminate();
  const watchdog = new StallWatchdog(options.stallSeconds, progress, end, options.writes);
  const stderr = new TailBuffer(MAX_STDERR_BYTES);
  const readers = new ReaderGuard(end);
  const follow = (pipe: NodeJS.EventEmitter | null | undefined, read: Reader) =>
    pipe?.on('data', readers.guarded(read));
  if (options.progress === undefined) child.stdout?.on('data', () => progress.moved());
  child.stderr?.on('data', (chunk: Uint8Array) => stderr.append(chunk));
  follow(child.stdout, onStdout);
  follow(child.stderr, onStderr);
  for (const [index, read] of pipes.entries()) follow(child.stdio[3 + index], read);
  // How the program ended explains a broken pipe.
  for (const pipe of child.stdio) pipe?.on('error', drop);
  options.signal?.addEventListener('abort', end, { once: true });
  if (options.signal?.aborted) end();
  const [exitCode, endedBy] = await Promise.race([endOf(child), ending.abandoned]);
  ending.clear();
  watchdog.clear();
  options.signal?.removeEventListener('abort', end);
  readers.throwIfThrown();
  return { exitCode, endedBy, stderr: withNames(stderr.toString()), stalled: watchdog.fired };
}

function start(argv: Argv, { environment, pipes = [] }: ProcessOptions, id: string) {
  const known = environment ?? knownEnvironment();
  const options = {
    stdio: ['ignore', 'pipe', 'pipe', ...pipes.map(() => 'pipe' as const)] as StdioOptions,
    detached: true,
    env: { ...known, ...MARKED_ENVIRONMENT, [PROGRAM_MARK]: id },
  };
  return startProgram(argv, options);
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => child.once('close', (...how: Ending) => resolve(how)));
}

/** Unread output must be drained, or it would fill the pipe. */
const drop = () => undefined;

/** Reader of a program's output. An error ends the program. */
type Reader = (chunk: Uint8Array) => void;

/** Catches a reader's error: thrown in a pipe's handler, it would end the runner with all of its jobs. */
class ReaderGuard {
  #thrown: unknown[] = [];

  constructor(private readonly end: () => void) {}

  /** Wraps a reader; no reader is called after an error. */
  guarded(read: Reader): Reader {
    return (chunk) => {
      if (this.#thrown.length > 0) return;
      try {
        read(chunk);
      } catch (error) {
        this.#thrown.push(error);
        this.end();
      }
    };
  }

  /** @throws the first error of a reader. */
  throwIfThrown(): void {
    if (this.#thrown.length > 0) throw this.#thrown[0];
  }
}

/** Keeps the last bytes of a text stream in bounded memory. */
export class TailBuffer {
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(private readonly maxBytes: number) {}

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 2 * this.maxBytes) this.#compact();
  }

  /** Last part as text; bytes that aren't UTF-8 are replaced. */
  toString(): string {
    this.#compact();
    return new TextDecoder().decode(this.#chunks[0]);
  }

  #compact() {
    const tail = Buffer.concat(this.#chunks).subarray(-this.maxBytes);
    this.#chunks = [Buffer.from(tail)];
    this.#length = tail.length;
  }
}
